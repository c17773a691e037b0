"""What the tour did and saw, as Markdown beside its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance.screens import DESIGNS, THEMES


@dataclass
class Chapter:
    """One part of the walk."""

    title: str
    lines: list[str] = field(default_factory=list)
    seconds: float = 0
    outcome: str = "not reached"


class Story:
    """Tells on the terminal while it goes, and in ``summary.md`` in the end.

    Args:
        folder: Where pictures and summary lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = False
        self._chapters: list[Chapter] = []
        self._pictures = 0
        self._screens: dict[tuple[str, str], Path] = {}

    @property
    def missing(self) -> list[str]:
        """Screens that are to be shown in both themes and were not."""
        return [f"{name} {theme}" for name in DESIGNS for theme in THEMES if (name, theme) not in self._screens]

    def chapter(self, title: str) -> None:
        """Begin a part."""
        self._chapters.append(Chapter(title))
        print(f"{title} …", flush=True)

    def say(self, line: str) -> None:
        """Add what was done or seen."""
        self._chapters[-1].lines.append(f"- {line}")

    def block(self, text: str) -> None:
        """Add what a program printed."""
        self._chapters[-1].lines.append(f"\n```\n{text}\n```\n")

    def picture(self, name: str, caption: str, theme: str = "") -> Path:
        """Return where the next picture goes, and show it at this place of the summary.

        Args:
            name: Of the screen, as in ``DESIGNS``, or of a moment that is shown once.
            caption: What is to be seen.
            theme: Light or dark; empty for a moment.
        """
        self._pictures += 1
        path = self.folder / f"{self._pictures:02}-{'-'.join(filter(None, (name, theme)))}.png"
        like = DESIGNS.get(name, {}).get(theme, "")
        told = f"*{caption}*" + (f" · designed as {like}" if like else "")
        self._chapters[-1].lines.append(f"\n![{caption}]({path.name})\n\n{told}\n")
        self._screens.setdefault((name, theme), path)
        return path

    def shown(self, name: str, theme: str) -> Path:
        """Return the picture of a screen."""
        return self._screens[name, theme]

    def close(self, seconds: float) -> None:
        """End a part that came out as it should."""
        self._chapters[-1].seconds = seconds
        self._chapters[-1].outcome = "done"

    def fail(self, trace: str, shown: Path | None, messages: str) -> None:
        """End the story here; say why."""
        self.failed = True
        chapter = self._chapters[-1]
        chapter.outcome = "failed"
        if shown:
            chapter.lines.append(f"\n![What was on the screen]({shown.name})\n")
        self.block(f"{trace}\n{messages}")
        print(trace, flush=True)
        print(messages, flush=True)

    def write(self) -> Path:
        """Write the summary and return its path."""
        table = "\n".join(f"| {it.title} | {it.outcome} | {it.seconds:.1f} s |" for it in self._chapters)
        parts = "\n\n".join(f"## {it.title}\n\n" + "\n".join(it.lines) for it in self._chapters)
        head = (
            "# A walk through vaultapp\n\n"
            "A virtual screen, a real mouse and real keys; files are dragged from another program.\n"
        )
        path = self.folder / "summary.md"
        screens = f"## Every screen in both themes\n\n{self._table()}"
        path.write_text(f"{head}\n| part | outcome | took |\n|---|---|---|\n{table}\n\n{screens}\n\n{parts}\n")
        return path

    def _table(self) -> str:
        rows = ["| screen | light | dark | designed as |", "|---|---|---|---|"]
        for name, likes in DESIGNS.items():
            cells = [self._cell(name, theme) for theme in THEMES]
            rows.append(f"| {name} | {' | '.join(cells)} | {', '.join(dict.fromkeys(likes.values()))} |")
        return "\n".join(rows)

    def _cell(self, name: str, theme: str) -> str:
        path = self._screens.get((name, theme))
        return f"[{path.name}]({path.name})" if path else "—"
