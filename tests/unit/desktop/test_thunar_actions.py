from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

from tests.unit.desktop.fakes import Desk
from vaultapp.desktop.placing import Outcome
from vaultapp.desktop.program import Program

# As Thunar's own, which has a document type.
SYSTEM = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE actions [
  <!ELEMENT actions (action)+>
]>
<actions>

  <action>
    <icon>utilities-terminal</icon>
    <name>Open Terminal Here</name>
    <unique-id>1</unique-id>
    <command>exo-open %f</command>
  </action>
</actions>
"""
THUNARS_TEXTS = ("icon", "name", "submenu", "unique-id", "command", "description", "range", "patterns")
THUNARS_FLAGS = (
    "startup-notify",
    "directories",
    "audio-files",
    "image-files",
    "other-files",
    "text-files",
    "video-files",
)
MINE = SYSTEM.replace("Open Terminal Here", "Größe anzeigen").replace("</actions>\n", "<!-- mine --></actions>")


def listed(desk: Desk) -> Path:
    return desk.folders.config / "Thunar/uca.xml"


def outcome(desk: Desk, *, remove: bool = False, force: bool = False) -> Outcome:
    report = desk.installation.remove() if remove else desk.installation.install(force=force)
    return next(step.outcome for step in report.steps if step.part == "thunar")


def parsed(text: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own, or the test's


def names(desk: Desk) -> list[str | None]:
    return [action.findtext("name") for action in parsed(listed(desk).read_bytes())]


def as_thunar_writes(text: str) -> str:
    """Return a list as Thunar 4.18 leaves it when it starts, if an action has no id, and when one is changed there."""
    written = ['<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n']
    for action in ElementTree.fromstring(text.encode()):  # noqa: S314 - our own, or the test's
        found = {part.tag: escape(part.text or "", {"'": "&apos;", '"': "&quot;"}) for part in action}
        found.setdefault("unique-id", "1795642255700233-1")
        told = [f"\t<{tag}>{found.get(tag, '')}</{tag}>\n" for tag in THUNARS_TEXTS]
        told += [f"\t<{tag}/>\n" for tag in THUNARS_FLAGS if tag in found]
        written += ["<action>\n", *told, "</action>\n"]
    return "".join((*written, "</actions>\n"))


def write(desk: Desk, text: str) -> None:
    listed(desk).parent.mkdir(parents=True, exist_ok=True)
    listed(desk).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("text", [MINE, SYSTEM, '<?xml version="1.0"?>\n<actions></actions>'])
def test_the_users_list_has_ours_besides_and_then_is_as_it_was(desk: Desk, text: str) -> None:
    write(desk, text)
    before = len(parsed(text.encode()))
    assert outcome(desk) is Outcome.WRITTEN
    assert len(names(desk)) == before + 1
    assert names(desk)[-1] == "Encrypt with vaultapp"
    assert outcome(desk) is Outcome.UNCHANGED
    assert outcome(desk, remove=True) is Outcome.REMOVED
    assert listed(desk).read_text(encoding="utf-8") == text


def test_an_empty_list_is_opened(desk: Desk) -> None:
    write(desk, "<actions/>")
    assert outcome(desk) is Outcome.WRITTEN
    assert names(desk) == ["Encrypt with vaultapp"]


def test_without_a_list_ours_begins_with_the_systems_and_goes_with_it(desk: Desk) -> None:
    (desk.system / "Thunar").mkdir(parents=True)
    (desk.system / "Thunar/uca.xml").write_text(SYSTEM)
    outcome(desk)
    assert names(desk) == ["Open Terminal Here", "Encrypt with vaultapp"]
    outcome(desk, remove=True)
    assert not listed(desk).exists()
    assert not listed(desk).parent.exists()


def test_ours_is_known_again_after_thunar_wrote_the_list(desk: Desk) -> None:
    desk.program = Program(("/opt/o'f 50% & <b>/vaultapp",))
    write(desk, SYSTEM.replace("    <unique-id>1</unique-id>\n", ""))
    assert outcome(desk) is Outcome.WRITTEN
    write(desk, as_thunar_writes(listed(desk).read_text()))
    assert "<range></range>" in listed(desk).read_text()
    assert outcome(desk) is Outcome.UNCHANGED
    desk.program = Program(("/elsewhere/vaultapp",))
    assert outcome(desk) is Outcome.WRITTEN
    write(desk, as_thunar_writes(listed(desk).read_text()))
    assert outcome(desk, remove=True) is Outcome.REMOVED
    assert names(desk) == ["Open Terminal Here"]
    assert listed(desk).read_text() == as_thunar_writes(listed(desk).read_text())


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("<range></range>", "<range>2-5</range>"),
        ("<submenu></submenu>", "<submenu>Mine</submenu>"),
        ("<patterns>*<", "<patterns>*.txt<"),
        ("<directories/>", ""),
        ("<directories/>", "<startup-notify/><directories/>"),
    ],
)
def test_what_was_changed_of_ours_in_thunar_is_kept(desk: Desk, was: str, now: str) -> None:
    outcome(desk)
    text = as_thunar_writes(listed(desk).read_text())
    assert text.count(was) == 1
    write(desk, text.replace(was, now))
    assert outcome(desk) is Outcome.KEPT
    assert outcome(desk, remove=True) is Outcome.KEPT
    assert listed(desk).read_text() == text.replace(was, now)


def test_ours_is_noted_again_when_the_note_was_lost(desk: Desk) -> None:
    outcome(desk)
    (desk.folders.state / "desktop.json").unlink()
    assert outcome(desk) is Outcome.UNCHANGED
    assert outcome(desk, remove=True) is Outcome.REMOVED


def test_a_list_that_was_made_for_ours_and_grew_stays(desk: Desk) -> None:
    outcome(desk)
    more = "<action><name>More</name><unique-id>2</unique-id></action>"
    write(desk, listed(desk).read_text().replace("</actions>", f"{more}\n</actions>"))
    outcome(desk, remove=True)
    assert names(desk) == ["More"]


def test_the_command_is_a_shells_and_xml(desk: Desk) -> None:
    desk.program = Program(("/opt/a & 50% <b>/vaultapp",))
    outcome(desk)
    (action,) = parsed(listed(desk).read_bytes())
    assert action.findtext("command") == "'/opt/a & 50%% <b>/vaultapp' %F"
    desk.program = Program(("/elsewhere/vaultapp",))
    assert outcome(desk) is Outcome.WRITTEN
    (action,) = parsed(listed(desk).read_bytes())
    assert action.findtext("command") == "/elsewhere/vaultapp %F"


def test_what_the_user_changed_of_ours_is_kept(desk: Desk) -> None:
    outcome(desk)
    write(desk, listed(desk).read_text().replace("Encrypt with vaultapp", "Seal"))
    desk.program = Program(("/elsewhere/vaultapp",))
    assert outcome(desk) is Outcome.KEPT
    assert names(desk) == ["Seal"]
    assert outcome(desk, force=True) is Outcome.WRITTEN
    assert names(desk) == ["Encrypt with vaultapp"]
    write(desk, listed(desk).read_text().replace("Encrypt with vaultapp", "Seal"))
    assert outcome(desk, remove=True) is Outcome.KEPT
    assert names(desk) == ["Seal"]


@pytest.mark.parametrize(
    "text",
    [
        "not xml",
        "<actions><action></actions>",
        "<other></other>",
        '<!DOCTYPE a [<!ENTITY x "y">]><actions>&x;</actions>',
        "",
    ],
)
def test_a_list_that_cannot_be_read_as_one_is_left_alone(desk: Desk, text: str) -> None:
    write(desk, text)
    assert outcome(desk) is Outcome.KEPT
    assert listed(desk).read_text() == text


def linked(desk: Desk, text: str = MINE) -> Path:
    """Return the file that the list is a link to."""
    target = desk.home / "dotfiles/uca.xml"
    target.parent.mkdir()
    target.write_text(text, encoding="utf-8")
    listed(desk).parent.mkdir(parents=True)
    listed(desk).symlink_to(target)
    return target


def test_a_list_that_is_a_link_stays_one_and_keeps_its_rights(desk: Desk) -> None:
    target = linked(desk)
    target.chmod(0o600)
    assert outcome(desk) is Outcome.WRITTEN
    assert names(desk)[-1] == "Encrypt with vaultapp"
    assert (listed(desk).readlink(), target.stat().st_mode & 0o777) == (target, 0o600)
    assert outcome(desk, remove=True) is Outcome.REMOVED
    assert (listed(desk).readlink(), target.stat().st_mode & 0o777) == (target, 0o600)
    assert target.read_text(encoding="utf-8") == MINE


def test_a_list_that_was_made_for_ours_and_became_a_link_stays_one(desk: Desk) -> None:
    outcome(desk)
    target = desk.home / "uca.xml"
    listed(desk).rename(target)
    listed(desk).symlink_to(target)
    assert outcome(desk, remove=True) is Outcome.REMOVED
    assert listed(desk).readlink() == target
    assert names(desk) == []


@pytest.mark.parametrize("target", ["/dev/null", "nowhere", "uca.xml", "folder"])
def test_a_link_to_what_is_no_file_is_left_alone(desk: Desk, target: str) -> None:
    (desk.home / ".config/Thunar/folder").mkdir(parents=True)
    listed(desk).symlink_to(target)
    assert outcome(desk) is Outcome.KEPT
    assert str(listed(desk).readlink()) == target
    assert "thunar" not in {step.part for step in desk.installation.remove().steps}
    assert str(listed(desk).readlink()) == target


def test_a_file_of_another_user_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    target = linked(desk)
    other = os.geteuid() + 1
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: other)
        assert outcome(desk) is Outcome.KEPT
    assert target.read_text(encoding="utf-8") == MINE
    assert outcome(desk) is Outcome.WRITTEN
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert outcome(desk, remove=True) is Outcome.KEPT
    assert names(desk)[-1] == "Encrypt with vaultapp"


def test_ours_is_not_put_into_a_comment(desk: Desk) -> None:
    text = "<actions>\n</actions>\n<!-- as it was: </actions> -->\n"
    write(desk, text)
    assert outcome(desk) is Outcome.KEPT
    assert listed(desk).read_text() == text


def test_ours_in_a_comment_was_taken_out_by_the_user(desk: Desk) -> None:
    outcome(desk)
    text = listed(desk).read_text()
    write(desk, text.replace("<action>", "<!-- <action>").replace("</action>", "</action> -->"))
    assert outcome(desk) is Outcome.KEPT
    assert names(desk) == []
