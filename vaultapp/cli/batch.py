"""A batch of files at work: its bar, its outcomes, its exit code."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultapp.cli import failures
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import Output, counted
from vaultapp.cli.progress import bar_for
from vaultapp.cli.records import Json, report_json, update_json
from vaultapp.cli.running import Terminated, finish
from vaultapp.contracts.files import BatchReport, FileState, FileUpdate
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.printable import printable, printable_path
from vaultapp.core.work import WorkContext

_NAMES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Words:
    """How a batch speaks.

    Attributes:
        doing: Encrypting.
        done: Encrypted.
        kept: What is still there: "The original is kept."
        many: The same of several: "The originals are kept."
    """

    doing: str
    done: str
    kept: str
    many: str


class BatchRun:
    """Runs one batch and shows it.

    Args:
        invocation: The command's.
        words: How it speaks.
        descriptors: Passed along with the call.
        aside: Standard output belongs to the data.
        lines: Print JSON Lines as things happen.
        about: See :func:`failures.message`.
    """

    def __init__(
        self,
        invocation: Invocation,
        words: Words,
        descriptors: Sequence[int] = (),
        *,
        aside: bool = False,
        lines: bool = False,
        about: str = "",
    ) -> None:
        self._words = words
        self._about = about
        self._aside = aside
        self._lines = lines
        self._json = invocation.as_json or lines
        self._out = Output(as_json=self._json, aside=aside)
        self._bar = bar_for(invocation, words.doing, sizes=True)
        self._outcomes: list[FileUpdate] = []
        self.work: WorkContext[FileUpdate] = WorkContext(self._progress, self._take, descriptors)

    def finish(self, call: Callable[[], BatchReport]) -> int:
        """Make the call, print the outcomes, and return the exit code.

        Raises:
            OperationCancelled, Terminated: After what was done is told.
            VaultError: What concerned the whole batch.
        """
        try:
            report = finish(call, self.work)
        except (OperationCancelled, Terminated):
            self._bar.close()
            self._summary(_counted(self._outcomes))
            raise
        finally:
            self._bar.close()
        self._summary(report)
        codes = [update.code for update in self._outcomes if update.code]
        codes += [problem.code for problem in report.problems if problem.code]
        return max((failures.exit_code_of(code) for code in codes), default=failures.DONE)

    def _progress(self, done: int, total: int) -> None:
        if self._lines:
            self._out.json({"progress": {"done": done, "total": total}})

    def _take(self, update: FileUpdate) -> None:
        """Show news of a source; from the connection's thread, in the order in which they happened."""
        if update.state is FileState.RUNNING:
            self._bar.move(update.done, update.total, printable_path(os.path.basename(update.source)))
            return
        self._outcomes.append(update)
        if self._lines:
            self._out.json({"file": update_json(update, self._about)})
        elif not self._json:
            self._tell(update)

    def _tell(self, update: FileUpdate) -> None:
        match update.state:
            case FileState.DONE if update.output or update.members:
                self._line(self._done(update))
            case FileState.SKIPPED if update.output:
                self._line(f"{shown(update.source)}: skipped, {shown(update.output)} is already there.")
            case FileState.SKIPPED:
                self._line(f"{shown(update.source)}: skipped.")
            case FileState.EXISTS:
                stays = f" {self._stay(update.members, 'other ')}" if update.members else ""
                self._line(f"{shown(update.source)}: not done, {shown(update.output)} is already there.{stays}")
            case FileState.FAILED:
                safe = self._stay(update.members, "other ") if update.members else None
                text = failures.message(update.code, update.facts, self._about, safe)
                failures.tell_line(text if "path" in update.facts else f"{shown(update.source)}: {text}")
            case FileState.CANCELLED if update.members:
                self._line(f"{shown(update.source)}: cancelled. {self._stay(update.members, '')}")
        if update.left_out:
            names = ", ".join(shown(path) for path in update.left_out[:_NAMES_SHOWN])
            more = ", …" if len(update.left_out) > _NAMES_SHOWN else ""
            left = counted(len(update.left_out), "member was", "members were")
            failures.tell_line(f"{shown(update.source)}: {left} left out: {names}{more}.")

    def _stay(self, members: int, other: str) -> str:
        """Say what was done in a folder that did not end well."""
        done = self._words.done.lower()
        if members == 1:
            return f"1 {other}file was {done}; it stays."
        return f"{members:,} {other}files were {done}; they stay."

    def _done(self, update: FileUpdate) -> str:
        place = shown(update.output or update.source)
        if update.unchanged:
            return f"{place}: up to date. Nothing was changed."
        who = _who(update)
        what = f"{self._words.done} with {who}." if who else f"{self._words.done}."
        kept = self._words.kept
        if update.removed:
            kept = "The original was removed after the encrypted copy was read back."
        if update.members and not update.output:
            what = f"{counted(update.members, 'file', 'files')}. {what}"
            kept = self._words.many
            if update.removed:
                kept = "The originals were removed after the encrypted copies were read back."
        return f"{place}: {what} {kept}".rstrip()

    def _line(self, text: str) -> None:
        if not self._aside:
            self._bar.line(text)

    def _summary(self, report: BatchReport) -> None:
        if self._lines:
            self._out.json({"report": report_json(report)})
        elif self._json:
            value: Json = report_json(report)
            value["files"] = [update_json(update, self._about) for update in self._outcomes]
            self._out.json(value)
        elif (len(self._outcomes) > 1 or 0 < report.unchanged < report.done) and not self._aside:
            parts = [
                f"{number:,} {word}"
                for number, word in (
                    (report.done - report.unchanged, self._words.done.lower()),
                    (report.unchanged, "up to date"),
                    (report.failed, "failed"),
                    (report.exists, "not done"),
                    (report.skipped, "skipped"),
                    (report.cancelled, "cancelled"),
                )
                if number
            ]
            self._out.lines(", ".join(parts) + ".")


def shown(path: bytes) -> str:
    """Return a path for people: relative where that is shorter, quoted."""
    here = os.getcwdb() + b"/"
    return f"“{printable_path(path.removeprefix(here))}”"


def _who(update: FileUpdate) -> str:
    named = [
        f"{printable(name)}, version {number}" if number else printable(name)
        for name, number in zip(update.keys, update.versions, strict=False)
    ]
    return " and ".join(named)


def _counted(outcomes: Sequence[FileUpdate]) -> BatchReport:
    counts = Counter(update.state for update in outcomes)
    return BatchReport(
        done=counts[FileState.DONE],
        failed=counts[FileState.FAILED],
        exists=counts[FileState.EXISTS],
        skipped=counts[FileState.SKIPPED],
        cancelled=counts[FileState.CANCELLED],
        bytes_out=sum(update.size for update in outcomes),
        unchanged=sum(update.unchanged for update in outcomes),
    )
