"""What people read of an entry of the activity log: what was done, by whom, and how it ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from vaultapp.contracts.activity import Actor, Entry
from vaultapp.core.activity_words import ACTIONS, CODED, FACTS, PHRASES, VALUES, ActionWords
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import OperationCancelled, UserError
from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence, count, sentence, size

Detail = Callable[["ActivitySentences", Entry], str]


class ActivitySentences:
    """Speaks of entries, in English unless a face says how else. Everything it returns can be shown.

    Args:
        translate: Returns a word of the tables in the face's language.
        show_count: Writes whole numbers.
        show_size: Writes amounts of bytes.
        error: Returns the sentences of an error.
    """

    def __init__(
        self,
        translate: Callable[[str], str] = str,
        show_count: Callable[[int], str] = count,
        show_size: Callable[[int], str] = size,
        error: Callable[[str, Mapping[str, str | int]], Sentence] = sentence,
    ) -> None:
        self._translate = translate
        self._count = show_count
        self._size = show_size
        self._error = error

    def what_of(self, entry: Entry, times: int) -> str:
        """Return what was done. Times: how many equal calls it stands for."""
        code = printable(entry.action)
        action = ACTIONS.get(entry.action) or ActionWords(code, code)
        well = entry.outcome == "ok"
        if entry.outcome == "begun" and isinstance(entry.facts.get("files"), int):
            times = int(entry.facts["files"])
        many = action.many if well else action.tried_many
        if times > 1 and many and "path" not in entry.facts:
            return self._translate(many).format(n=self._count(times))
        one = self._translate(action.done if well else action.tried)
        return one if times == 1 or entry.outcome == "begun" else f"{one} ×{self._count(times)}"

    def detail_of(self, entry: Entry) -> str:
        """Return what the facts say, or what did not work; empty when there is nothing to add."""
        if entry.outcome == "begun":
            amount = entry.facts.get("bytes")
            return self._size(amount) if isinstance(amount, int) and amount else ""
        if is_problem(entry):
            return self.problem_of(entry).what
        detail = _DETAILS.get(entry.action)
        return detail(self, entry) if detail else ""

    def problem_of(self, entry: Entry) -> Sentence:
        """Return the sentences of what did not work."""
        facts: dict[str, str | int] = dict(entry.facts)
        if entry.subject_kind == "key":
            facts |= {"kind": "key", "name": entry.subject, "key": entry.subject}
        if entry.subject_kind == "credential":
            facts = _missing(entry) | facts | {"credential": entry.subject}
        about = {"file": "file", "text": "text"}.get(entry.action.partition(".")[0])
        return self._error(entry.outcome, facts | {"of": about} if about else facts)

    def who_of(self, actor: Actor) -> str:
        """Return who asked."""
        if actor.role == "window":
            return self.phrase("you")
        if actor.role == "agent":
            return self.phrase("vault_itself")
        return printable(actor.application or actor.program) or self.phrase("program")

    def result_of(self, entry: Entry) -> str:
        """Return how it ended, in a word."""
        return self.phrase(result_code(entry))

    def fact_name(self, name: str) -> str:
        """Return what a fact is called."""
        return self._translate(FACTS[name]) if name in FACTS else printable(name)

    def fact_value(self, name: str, value: str | int) -> str:
        """Return a fact as people read it; nothing of it is left out."""
        if isinstance(value, str):
            return self._translate(VALUES[value]) if name in CODED and value in VALUES else printable(value)
        return self._size(value) if name == "bytes" else self._count(value)

    def phrase(self, code: str, **values: str | int) -> str:
        """Return a phrase of the table with its values, numbers written out."""
        shown = {name: self._count(value) if isinstance(value, int) else value for name, value in values.items()}
        text = self._translate(PHRASES[code])
        return text.format(**shown) if shown else text

    def joined(self, *parts: str) -> str:
        """Return the parts that are not empty as one."""
        return self.phrase("and").join(part for part in parts if part)


def is_problem(entry: Entry) -> bool:
    """True for what was refused or failed."""
    return entry.outcome not in ("ok", "begun")


def result_code(entry: Entry) -> str:
    """Return how it ended: ``done``, ``begun``, ``cancelled``, ``refused``, ``failed``."""
    if not is_problem(entry):
        return "done" if entry.outcome == "ok" else "begun"
    error = by_code(entry.outcome, {})
    if isinstance(error, OperationCancelled):
        return "cancelled"
    return "refused" if isinstance(error, UserError) else "failed"


def _missing(entry: Entry) -> dict[str, str | int]:
    """Return what a credential lacked, if something was not found: the log has no refusals of unknown credentials."""
    if entry.action == "credential.code":
        return {"kind": "credential_field", "name": "totp"}
    if "asked" in entry.facts:
        return {"kind": "credential_version", "name": entry.facts["asked"]}
    return {"kind": "credential", "name": entry.subject}


def _version(speak: ActivitySentences, entry: Entry) -> str:
    number = entry.facts.get("version")
    return speak.phrase("version", n=str(number)) if number else ""


def _file(speak: ActivitySentences, entry: Entry) -> str:
    path, number = entry.facts.get("path"), entry.facts.get("version")
    if not path:
        return _version(speak, entry)
    name = printable(os.path.basename(str(path).rstrip("/")) or str(path))
    return speak.phrase("file_version", name=name, n=str(number)) if number else name


def _text(speak: ActivitySentences, entry: Entry) -> str:
    names = entry.facts.get("context")
    return speak.joined(_version(speak, entry), speak.phrase("context", names=printable(str(names))) if names else "")


def _attachment(_speak: ActivitySentences, entry: Entry) -> str:
    name = entry.facts.get("attachment")
    return printable(str(name)) if name else ""


def _renamed(speak: ActivitySentences, entry: Entry) -> str:
    name = entry.facts.get("name")
    return speak.phrase("renamed", name=printable(str(name))) if name else ""


def _rotated(speak: ActivitySentences, entry: Entry) -> str:
    return speak.joined(_version(speak, entry), _coded("reason")(speak, entry))


def _rotated_credential(speak: ActivitySentences, entry: Entry) -> str:
    return speak.joined(_version(speak, entry), _coded("by")(speak, entry))


def _scheduled(speak: ActivitySentences, entry: Entry) -> str:
    times = entry.facts.get("cron")
    return speak.phrase("at_times", times=printable(str(times))) if times else _period(speak, entry)


def _period(speak: ActivitySentences, entry: Entry) -> str:
    days = int(entry.facts.get("days") or 0)
    if not days:
        return speak.phrase("never")
    return speak.phrase("daily") if days == 1 else speak.phrase("days", n=days)


def _deletion(speak: ActivitySentences, entry: Entry) -> str:
    days = entry.facts.get("days")
    return speak.phrase("deletion", n=str(days)) if days else ""


def _unlocked(speak: ActivitySentences, entry: Entry) -> str:
    how = speak.phrase("with_words" if entry.facts.get("by") == "recovery_words" else "with_passphrase")
    failed = int(entry.facts.get("failed") or 0)
    if not failed:
        return how
    return speak.joined(how, speak.phrase("one_wrong") if failed == 1 else speak.phrase("wrong", n=failed))


def _locked(speak: ActivitySentences, entry: Entry) -> str:
    reason = entry.facts.get("reason")
    if not reason:
        return ""
    if reason == "asked":
        return speak.phrase("locked_by_hand")
    return speak.phrase("locked_because", reason=speak.fact_value("reason", reason))


def _slot(speak: ActivitySentences, entry: Entry) -> str:
    return speak.fact_value("by", entry.subject)


def _coded(fact: str) -> Detail:
    return lambda speak, entry: speak.fact_value(fact, entry.facts[fact]) if fact in entry.facts else ""


def _always(phrase: str) -> Detail:
    return lambda speak, _entry: speak.phrase(phrase)


def _counted(fact: str, one: str, many: str) -> Detail:
    def detail(speak: ActivitySentences, entry: Entry) -> str:
        number = entry.facts.get(fact)
        if not isinstance(number, int):
            return ""
        return speak.phrase(one) if number == 1 else speak.phrase(many, n=number)

    return detail


_DETAILS: Mapping[str, Detail] = {
    "file.seal": _file,
    "file.open": _file,
    "file.rewrap": _file,
    "text.encrypt": _text,
    "text.decrypt": _text,
    "key.rename": _renamed,
    "key.rotate": _rotated,
    "key.schedule_rotation": _period,
    "key.enable": _version,
    "key.disable": _version,
    "key.delete": _deletion,
    "key.export": _version,
    "credential.read": _version,
    "credential.put": _version,
    "credential.edit": _renamed,
    "credential.promote": _version,
    "credential.enable_version": _version,
    "credential.disable_version": _version,
    "credential.delete": _deletion,
    "credential.attach": _attachment,
    "credential.detach": _attachment,
    "credential.attachment": _attachment,
    "credential.rotate": _rotated_credential,
    "credential.schedule": _scheduled,
    "slot.remove": _slot,
    "passphrase.reset": _always("with_words"),
    "recovery.new": _always("old_kits"),
    "recovery.drill": _counted("keys", "one_key", "keys"),
    "vault.unlock": _unlocked,
    "vault.lock": _locked,
    "window.lock": _locked,
    "vault.admit": _always("open_already"),
    "vault.backup": _coded("kind"),
    "vault.verify": _counted("rows", "one_row", "rows"),
    "credential.import": _counted("credentials", "one_credential", "credentials"),
    "credential.export": _counted("credentials", "one_credential", "credentials"),
}
