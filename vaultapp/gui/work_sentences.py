"""What a row of file work says: what happened, and what is on disk now."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.core.sentences import Sentence
from vaultapp.gui import joining, messages, quantities
from vaultapp.gui.models.work_row import Question, RowState, Verb, WorkRow, shown_name

translate = QCoreApplication.translate


def sentence_of(row: WorkRow, waiting_for: str = "", most: int = 0) -> str:
    """Return a row's sentence.

    Args:
        row: What it is about.
        waiting_for: The name of what is worked on now, if that is one thing.
        most: Characters of a path in it; 0 for all.
    """
    match row.state:
        case RowState.WAITING:
            return (
                translate("WorkSentences", "Waiting for {name}").format(name=waiting_for)
                if waiting_for
                else translate("WorkSentences", "Waiting")
            )
        case RowState.RUNNING:
            return _running(row)
        case RowState.ASKS:
            return _question(row)
        case RowState.DONE:
            return _done(row, row.news) if row.news is not None else ""
        case RowState.SKIPPED:
            return translate("WorkSentences", "Skipped. What was there already is untouched.")
        case RowState.CANCELLED:
            return _cancelled(row)
        case RowState.FAILED:
            return _failed(row, most)


def tone_of(row: WorkRow) -> str:
    """Return the colour of a row's sentence."""
    return {RowState.ASKS: "warn", RowState.FAILED: "bad"}.get(row.state, "text2")


def amount_of(row: WorkRow) -> tuple[str, str]:
    """Return the two texts under a running row's bar: how much of it, how fast."""
    if not row.total:
        return (quantities.size(row.done) if row.done else "", quantities.speed(row.rate) if row.rate else "")
    amount = quantities.size_of(row.done, row.total)
    if row.rate <= 0:
        return amount, ""
    left = translate("WorkSentences", "{time} left").format(time=quantities.duration((row.total - row.done) / row.rate))
    return amount, f"{quantities.speed(row.rate)} · {left}"


def _running(row: WorkRow) -> str:
    if row.verb is Verb.REWRAP:
        return translate("WorkSentences", "Re-wrapping")
    seal = row.verb is Verb.SEAL
    if not row.members:
        return translate("WorkSentences", "Encrypting") if seal else translate("WorkSentences", "Decrypting")
    what = (
        translate("WorkSentences", "Packing and encrypting")
        if seal
        else translate("WorkSentences", "Decrypting and unpacking")
    )
    one, many = translate("WorkSentences", "1 file"), translate("WorkSentences", "{n} files")
    files = quantities.counted(row.members, one, many)
    return f"{what} · {files}"


def _question(row: WorkRow) -> str:
    if row.question is Question.PASSPHRASE:
        if row.order.passphrases:
            return translate(
                "WorkSentences", "This passphrase does not open the file, or the file was changed. Nothing was written."
            )
        return translate("WorkSentences", "Only a passphrase opens this file")
    if row.question is Question.DAMAGED:
        return translate(
            "WorkSentences", "This looks like a sealed file, but its header is damaged. Nothing was changed."
        )
    there = shown_name(row.news.output) if row.news is not None else row.name
    asked = translate("WorkSentences", "{name} is already there").format(name=there)
    done = _members(row)
    return joining.sentences((joining.ended(asked), _others(row.verb, done))) if done else asked


def _cancelled(row: WorkRow) -> str:
    done = _members(row)
    if not done:
        return translate("WorkSentences", "Cancelled. Nothing was written and the original is untouched.")
    one, many = {
        Verb.SEAL: (
            translate("WorkSentences", "Cancelled. 1 file was encrypted before that; it stays."),
            translate("WorkSentences", "Cancelled. {n} files were encrypted before that; they stay."),
        ),
        Verb.OPEN: (
            translate("WorkSentences", "Cancelled. 1 file was decrypted before that; it stays."),
            translate("WorkSentences", "Cancelled. {n} files were decrypted before that; they stay."),
        ),
        Verb.REWRAP: (
            translate("WorkSentences", "Cancelled. 1 file was re-wrapped before that; it stays so."),
            translate("WorkSentences", "Cancelled. {n} files were re-wrapped before that; they stay so."),
        ),
    }[row.verb]
    return _numbered(one, many, done)


def _others(verb: Verb, done: int) -> str:
    """Say what was done in a folder that did not end well."""
    one, many = {
        Verb.SEAL: (
            translate("WorkSentences", "1 other file was encrypted; it stays."),
            translate("WorkSentences", "{n} other files were encrypted; they stay."),
        ),
        Verb.OPEN: (
            translate("WorkSentences", "1 other file was decrypted; it stays."),
            translate("WorkSentences", "{n} other files were decrypted; they stay."),
        ),
        Verb.REWRAP: (
            translate("WorkSentences", "1 other file was re-wrapped; it stays so."),
            translate("WorkSentences", "{n} other files were re-wrapped; they stay so."),
        ),
    }[verb]
    return _numbered(one, many, done)


def _members(row: WorkRow) -> int:
    """Return how many files of a folder are done though the folder is not."""
    return row.news.members if row.news is not None else 0


def _numbered(one: str, many: str, number: int, **named: str) -> str:
    return (one if number == 1 else many).format(n=quantities.count(number), **named)


def _done(row: WorkRow, news: FileUpdate) -> str:
    if news.unchanged:
        return translate("WorkSentences", "Opens with the newest version already. Nothing was changed.")
    parts = _files_done(row, news) if row.by_file else [_what(row.verb, news), _original(row.verb, news)]
    if news.left_out:
        left = _numbered(
            translate("WorkSentences", "1 link or device in it was left out."),
            translate("WorkSentences", "{n} links and devices in it were left out."),
            len(news.left_out),
        )
        parts.append(left)
    return joining.sentences(parts)


def _files_done(row: WorkRow, news: FileUpdate) -> list[str]:
    """Say what became of a folder's files, and of what they were."""
    key = _keys(news) or translate("WorkSentences", "a passphrase")
    match row.verb:
        case _ if not news.members:
            return [_no_file(row.verb)]
        case Verb.SEAL:
            one, many = (
                translate("WorkSentences", "1 file encrypted with {key}."),
                translate("WorkSentences", "{n} files encrypted with {key}."),
            )
            was = _originals(row, news)
        case Verb.OPEN:
            one, many = (
                translate("WorkSentences", "1 file decrypted with {key}."),
                translate("WorkSentences", "{n} files decrypted with {key}."),
            )
            was = translate("WorkSentences", "The encrypted files are kept.")
        case Verb.REWRAP:
            one, many = (
                translate("WorkSentences", "1 file re-wrapped with {key}."),
                translate("WorkSentences", "{n} files re-wrapped with {key}."),
            )
            was = translate("WorkSentences", "The content is as it was.")
    return [_numbered(one, many, news.members, key=key), was]


def _no_file(verb: Verb) -> str:
    match verb:
        case Verb.SEAL:
            return translate("WorkSentences", "No file in it needed encrypting.")
        case Verb.OPEN:
            return translate("WorkSentences", "No file in it needed decrypting.")
        case Verb.REWRAP:
            return translate("WorkSentences", "No file in it needed re-wrapping.")


def _originals(row: WorkRow, news: FileUpdate) -> str:
    if news.removed:
        return translate("WorkSentences", "The originals were removed after the encrypted copies were read back.")
    return (
        translate("WorkSentences", "Not every original was removed.")
        if row.order.remove_originals
        else translate("WorkSentences", "The originals are kept.")
    )


def _what(verb: Verb, news: FileUpdate) -> str:
    with_key = _keys(news)
    match verb:
        case Verb.SEAL:
            return translate("WorkSentences", "Encrypted with {key}.").format(
                key=with_key or translate("WorkSentences", "a passphrase")
            )
        case Verb.OPEN:
            return translate("WorkSentences", "Decrypted with {key}.").format(
                key=with_key or translate("WorkSentences", "a passphrase")
            )
        case Verb.REWRAP:
            return translate("WorkSentences", "Re-wrapped with {key}.").format(
                key=with_key or translate("WorkSentences", "a passphrase")
            )


def _keys(news: FileUpdate) -> str:
    named = []
    for at, name in enumerate(news.keys):
        number = news.versions[at] if at < len(news.versions) else 0
        named.append(translate("WorkSentences", "{key}, version {n}").format(key=name, n=number) if number else name)
    return translate("WorkSentences", " and ").join(named)


def _original(verb: Verb, news: FileUpdate) -> str:
    match verb:
        case Verb.SEAL if news.removed:
            return translate("WorkSentences", "The original was removed after the encrypted copy was read back.")
        case Verb.SEAL:
            return translate("WorkSentences", "The original is kept.")
        case Verb.OPEN:
            return translate("WorkSentences", "The encrypted file is kept.")
        case Verb.REWRAP:
            return translate("WorkSentences", "The content is as it was.")


def failure_of(row: WorkRow, news: FileUpdate, most: int = 0) -> Sentence:
    """Return why a row, or one file of its folder, failed. Its own path is its name there, which stands beside it."""
    # What is sealed is not verified; what was made of it is, before an original is removed.
    of = "copy" if row.verb is Verb.SEAL else "file"
    facts = {"of": of, **news.facts}
    path = facts.get("path")
    if isinstance(path, str):
        facts["path"] = _near(path, os.fsdecode(row.source))
    return messages.message(news.code, facts, most)


def problem_of(row: WorkRow, news: FileUpdate) -> str:
    """Return what became of one file of a folder, for a list that names it."""
    match news.state:
        case FileState.FAILED:
            return str(failure_of(row, news))
        case FileState.EXISTS:
            there = translate("WorkSentences", "{name} is already there").format(name=shown_name(news.output))
            return joining.ended(there)
        case _:
            return translate("WorkSentences", "Skipped. What was there already is untouched.")


def _near(path: str, source: str) -> str:
    """Return a path as it is called in its row: by its name, or as it lies in the row's folder."""
    if path == source:
        return os.path.basename(path.rstrip("/")) or path
    return path.removeprefix(source.rstrip("/") + "/")


def _failed(row: WorkRow, most: int) -> str:
    if row.news is None:
        return ""
    told = failure_of(row, row.news, most)
    done = _members(row)
    return joining.sentences((told.what, _others(row.verb, done) if done else told.safe))
