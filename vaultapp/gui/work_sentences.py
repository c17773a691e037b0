"""What a row of file work says: what happened, and what is on disk now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vaultapp.contracts.files import FileUpdate
from vaultapp.gui import messages, quantities
from vaultapp.gui.models.work_row import Question, RowState, Verb, WorkRow, shown_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkSentences", text)


def sentence_of(row: WorkRow, waiting_for: str = "") -> str:
    """Return a row's sentence. Waiting_for: the name of what is worked on now, if that is one thing."""
    match row.state:
        case RowState.WAITING:
            return _tr("Waiting for {name}").format(name=waiting_for) if waiting_for else _tr("Waiting")
        case RowState.RUNNING:
            return _running(row)
        case RowState.ASKS:
            return _question(row)
        case RowState.DONE:
            return _done(row, row.news) if row.news is not None else ""
        case RowState.SKIPPED:
            return _tr("Skipped. What was there already is untouched.")
        case RowState.CANCELLED:
            return _cancelled(row)
        case RowState.FAILED:
            return _failed(row)


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
    left = _tr("{time} left").format(time=quantities.duration((row.total - row.done) / row.rate))
    return amount, f"{quantities.speed(row.rate)} · {left}"


def _running(row: WorkRow) -> str:
    if row.verb is Verb.REWRAP:
        return _tr("Re-wrapping")
    seal = row.verb is Verb.SEAL
    if not row.members:
        return _tr("Encrypting") if seal else _tr("Decrypting")
    what = _tr("Packing and encrypting") if seal else _tr("Decrypting and unpacking")
    files = _tr("1 file") if row.members == 1 else _tr("{n} files").format(n=quantities.count(row.members))
    return f"{what} · {files}"


def _question(row: WorkRow) -> str:
    if row.question is Question.PASSPHRASE:
        if row.order.passphrases:
            return _tr("This passphrase does not open the file, or the file was changed. Nothing was written.")
        return _tr("Only a passphrase opens this file")
    there = shown_name(row.news.output) if row.news is not None else row.name
    asked = _tr("{name} is already there").format(name=there)
    done = _members(row)
    return f"{asked}. {_others(row.verb, done)}" if done else asked


def _cancelled(row: WorkRow) -> str:
    done = _members(row)
    if not done:
        return _tr("Cancelled. Nothing was written and the original is untouched.")
    one, many = {
        Verb.SEAL: (
            _tr("Cancelled. 1 file was encrypted before that; it stays."),
            _tr("Cancelled. {n} files were encrypted before that; they stay."),
        ),
        Verb.OPEN: (
            _tr("Cancelled. 1 file was decrypted before that; it stays."),
            _tr("Cancelled. {n} files were decrypted before that; they stay."),
        ),
        Verb.REWRAP: (
            _tr("Cancelled. 1 file was re-wrapped before that; it stays so."),
            _tr("Cancelled. {n} files were re-wrapped before that; they stay so."),
        ),
    }[row.verb]
    return _numbered(one, many, done)


def _others(verb: Verb, done: int) -> str:
    """Say what was done in a folder that did not end well."""
    one, many = {
        Verb.SEAL: (
            _tr("1 other file was encrypted; it stays."),
            _tr("{n} other files were encrypted; they stay."),
        ),
        Verb.OPEN: (
            _tr("1 other file was decrypted; it stays."),
            _tr("{n} other files were decrypted; they stay."),
        ),
        Verb.REWRAP: (
            _tr("1 other file was re-wrapped; it stays so."),
            _tr("{n} other files were re-wrapped; they stay so."),
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
        return _tr("Wrapped with the newest versions already. Nothing was changed.")
    parts = _files_done(row, news) if row.by_file else [_what(row.verb, news), _original(row.verb, news)]
    if news.left_out:
        left = _numbered(_tr("1 member was left out."), _tr("{n} members were left out."), len(news.left_out))
        parts.append(left)
    return " ".join(part for part in parts if part)


def _files_done(row: WorkRow, news: FileUpdate) -> list[str]:
    """Say what became of a folder's files, and of what they were."""
    key = _keys(news) or _tr("a passphrase")
    match row.verb:
        case _ if not news.members:
            return [_no_file(row.verb)]
        case Verb.SEAL:
            one, many = _tr("1 file encrypted with {key}."), _tr("{n} files encrypted with {key}.")
            was = _originals(row, news)
        case Verb.OPEN:
            one, many = _tr("1 file decrypted with {key}."), _tr("{n} files decrypted with {key}.")
            was = _tr("The encrypted files are kept.")
        case Verb.REWRAP:
            one, many = _tr("1 file re-wrapped with {key}."), _tr("{n} files re-wrapped with {key}.")
            was = _tr("The content is as it was.")
    return [_numbered(one, many, news.members, key=key), was]


def _no_file(verb: Verb) -> str:
    match verb:
        case Verb.SEAL:
            return _tr("No file in it needed encrypting.")
        case Verb.OPEN:
            return _tr("No file in it needed decrypting.")
        case Verb.REWRAP:
            return _tr("No file in it needed re-wrapping.")


def _originals(row: WorkRow, news: FileUpdate) -> str:
    if news.removed:
        return _tr("The originals were removed after the encrypted copies were read back.")
    return _tr("Not every original was removed.") if row.order.remove_originals else _tr("The originals are kept.")


def _what(verb: Verb, news: FileUpdate) -> str:
    with_key = _keys(news)
    match verb:
        case Verb.SEAL:
            return _tr("Encrypted with {key}.").format(key=with_key or _tr("a passphrase"))
        case Verb.OPEN:
            return _tr("Decrypted with {key}.").format(key=with_key or _tr("a passphrase"))
        case Verb.REWRAP:
            return _tr("Re-wrapped with {key}.").format(key=with_key or _tr("a passphrase"))


def _keys(news: FileUpdate) -> str:
    named = []
    for at, name in enumerate(news.keys):
        number = news.versions[at] if at < len(news.versions) else 0
        named.append(_tr("{key}, version {n}").format(key=name, n=number) if number else name)
    return _tr(" and ").join(named)


def _original(verb: Verb, news: FileUpdate) -> str:
    match verb:
        case Verb.SEAL if news.removed:
            return _tr("The original was removed after the encrypted copy was read back.")
        case Verb.SEAL:
            return _tr("The original is kept.")
        case Verb.OPEN:
            return _tr("The encrypted file is kept.")
        case Verb.REWRAP:
            return _tr("The content is as it was.")


def _failed(row: WorkRow) -> str:
    if row.news is None:
        return ""
    # What is sealed is not verified; what was made of it is, before an original is removed.
    of = "copy" if row.verb is Verb.SEAL else "file"
    told = messages.message(row.news.code, {"of": of, **row.news.facts})
    done = _members(row)
    return f"{told.what} {_others(row.verb, done) if done else told.safe}".strip()
