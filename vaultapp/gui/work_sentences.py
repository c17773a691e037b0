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
            return _done(row.verb, row.news) if row.news is not None else ""
        case RowState.SKIPPED:
            return _tr("Skipped. What was there already is untouched.")
        case RowState.CANCELLED:
            return _tr("Cancelled. Nothing was written and the original is untouched.")
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
    return _tr("{name} is already there").format(name=there)


def _done(verb: Verb, news: FileUpdate) -> str:
    if news.unchanged:
        return _tr("Wrapped with the newest versions already. Nothing was changed.")
    parts = [_what(verb, news), _original(verb, news)]
    if news.left_out:
        n = len(news.left_out)
        text = (
            _tr("1 member was left out.") if n == 1 else _tr("{n} members were left out.").format(n=quantities.count(n))
        )
        parts.append(text)
    return " ".join(part for part in parts if part)


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
    told = messages.message(row.news.code, {"of": "file", **row.news.facts})
    return f"{told.what} {told.safe}".strip()
