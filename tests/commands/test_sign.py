"""`faqbot sign`: who has read what, written into the files."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.main import app
from bot.commands.reading import as_read
from bot.content import writing
from bot.content.loading import Content, load
from bot.content.signables import Signable
from tests.support.tiny import write_faq

RELATED = re.compile("^ +related: .*\n", re.MULTILINE)
Sign = Callable[..., Result]
BY = ("--by", "Dr. Jane Doe", "--date", "2026-02-28")


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """The tiny FAQ with a guide that points to no other answers; one answer of it, `therapy`, is signed."""
    faq = write_faq(tmp_path / "faq")
    guide = faq / "en" / "guide.yaml"
    guide.write_text(RELATED.sub("", guide.read_text(encoding="utf-8")), encoding="utf-8")
    return faq


@pytest.fixture
def sign(faq: Path) -> Sign:
    """The command on it, where all has been read already."""
    return lambda *args: CliRunner().invoke(app, ["sign", "--faq", str(faq), "--yes", *args])


def asked(faq: Path, answers: str, *args: str) -> Result:
    """The command as a clinician uses it: each text is shown, and they type `answers`, a line each."""
    return CliRunner().invoke(app, ["sign", "--faq", str(faq), *BY, *args], input=answers)


def content(faq: Path) -> Content:
    """The content as it is now."""
    return load(faq).unwrap()


def test_an_answer_is_signed(sign: Sign, faq: Path) -> None:
    """Name, day, a day a year later, and the hash of the text."""
    result = sign("mri_need", *BY)
    assert 0 == result.exit_code, result.output
    entry = content(faq).entries["mri_need"]
    assert entry.signed
    expected = ("Dr. Jane Doe", "2026-02-28", "2027-02-28", entry.fingerprint)
    assert expected == (entry.review.by, entry.review.date, entry.review.due, entry.review.hash)
    assert "mri_need: signed by Dr. Jane Doe, 2026-02-28, to be read again by 2027-02-28" in result.stdout


def test_the_text_is_shown_before_it_is_signed(faq: Path) -> None:
    """Question, answer with the clinic's phone, links; then who is asked, and only after their yes it is signed."""
    result = asked(faq, "y\n", "mri_need")
    assert 0 == result.exit_code, result.output
    shown, question, signed = result.stdout.partition("Dr. Jane Doe: have you read this, and may patients read it?")
    assert shown.startswith(
        "--- mri_need (1 of 1, draft)\n\nDo I need an MRI?\n\nMost back pain gets better without one."
    )
    assert "Call (555) 555-0100.\n[MedlinePlus: MRI scans] https://medlineplus.gov/mriscans.html" in shown
    assert question
    assert "mri_need: signed by Dr. Jane Doe" in signed
    assert content(faq).entries["mri_need"].signed


def test_only_what_got_a_yes_is_signed(faq: Path) -> None:
    """No leaves one out, anything else is asked again, and quitting keeps what was said so far."""
    result = asked(faq, "yes\nwhat?\nN\nq\n", "mri_need", "emg", "xray", "brace")
    assert 0 == result.exit_code, result.output
    assert ["mri_need", "therapy"] == [name for name, entry in content(faq).entries.items() if entry.signed]
    assert "--- xray" in result.stdout
    assert "--- brace" not in result.stdout


@pytest.mark.parametrize("answers", ["", "y\n"])
def test_where_nobody_answers_nothing_is_signed(faq: Path, answers: str) -> None:
    """A script must say that all was read elsewhere; what broke off in the middle is not half signed."""
    before = {path: path.read_bytes() for path in faq.rglob("*.yaml")}
    result = asked(faq, answers, "mri_need", "emg")
    assert 1 == result.exit_code
    assert "add --yes where it was read elsewhere" in result.stderr
    assert before == {path: path.read_bytes() for path in faq.rglob("*.yaml")}


def test_nothing_but_no_is_told(faq: Path) -> None:
    """Nothing was signed, and it says so."""
    assert "nothing was signed" in asked(faq, "n\n", "emg").stdout


def test_a_text_that_was_edited_while_it_was_read_is_not_signed(faq: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name would stand under words that nobody has seen, or under another entry."""
    file = faq / "en" / "entries" / "imaging.yaml"

    def meanwhile(content: Content, one: Signable) -> str:
        file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
        return as_read(content, one)

    monkeypatch.setattr("bot.commands.reading.as_read", meanwhile)
    result = asked(faq, "y\n", "emg")
    assert (1, True) == (result.exit_code, "imaging.yaml was changed meanwhile" in result.stderr)
    assert "Dr. Jane Doe" not in file.read_text(encoding="utf-8")


def test_an_edit_afterwards_makes_it_a_draft_again(sign: Sign, faq: Path) -> None:
    """And it says so."""
    sign("mri_need", *BY)
    file = faq / "en" / "entries" / "imaging.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("An exam comes first.", "An exam is first."), encoding="utf-8")
    assert not content(faq).entries["mri_need"].signed
    assert "changed  mri_need" in sign("--list").stdout


def test_several_are_signed_at_once(sign: Sign, faq: Path) -> None:
    """Answers, the guide, the gate, and a rule with or without its prefix."""
    rules = [rule.id for rule in content(faq).urgent.rules]  # type: ignore[union-attr]
    result = sign("emg", "guide", "gate", f"rule:{rules[0]}", rules[1], *BY)
    assert 0 == result.exit_code, result.output
    now = content(faq)
    assert now.guide is not None
    assert now.urgent is not None
    assert (True, True) == (now.entries["emg"].signed, now.guide.signed)
    assert now.urgent.review.covers(now.urgent.fingerprint)
    assert rules[:2] == [rule.id for rule in now.urgent.rules if now.urgent.signed(rule)]


@pytest.mark.parametrize("group", ["treatment", "Treatment"])
def test_a_group_is_signed_by_its_heading_or_its_file(sign: Sign, faq: Path, group: str) -> None:
    """Only what waits: another clinician's name is not written over."""
    assert 0 == sign("--group", group, *BY).exit_code
    entries = content(faq).entries
    assert ("Dr. Jane Doe", "Dr. Example") == (entries["brace"].review.by, entries["therapy"].review.by)
    assert not entries["emg"].signed


def test_all_that_waits_is_signed(sign: Sign, faq: Path) -> None:
    """Nothing waits then, and `faqbot check` tells no drafts."""
    assert 0 == sign("--all", *BY).exit_code
    assert ", 0 draft, 0 changed, " in sign("--list").stdout
    result = CliRunner().invoke(app, ["check", "--faq", str(faq)])
    assert "draft" not in result.stdout
    assert "nothing waits for a signature" in sign("--all", *BY).stdout


def test_the_list_tells_how_things_stand(sign: Sign) -> None:
    """Who signed, or what it is about; a sum at the end."""
    lines = sign("--list", "--group", "treatment").stdout.splitlines()
    assert [
        ["draft", "brace", "Does", "a", "knee", "brace", "🦵", "help?"],
        ["signed", "therapy", "Dr.", "Example,", "2026-01-15,", "due", "2027-01-15"],
        ["1", "signed,", "1", "draft,", "0", "changed,", "0", "due"],
    ] == [line.split() for line in lines]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("mri_ned", *BY), "did you mean `mri_need`?"),
        (("chat.greeting", *BY), "there is nothing to sign called `chat.greeting`"),
        (("mri_need",), "who has read it?"),
        (("mri_need", "--by", " "), "who has read it?"),
        (BY, "nothing was named"),
        (("--group", "nowhere", *BY), "there is no group `nowhere`"),
        (("mri_need", "--by", "Dr. A", "--date", "31.1.2026"), "write it as 2026-01-31"),
        (("mri_need", "--by", "Dr. A", "--date", "2999-01-31"), "is no day up to today"),
        (("mri_need", *BY, "--due", "2026-02-28"), "is no day after 2026-02-28"),
    ],
)
def test_wrong_usage_is_told_with_its_remedy(sign: Sign, faq: Path, args: tuple[str, ...], told: str) -> None:
    """Exit code 2, and nothing is written."""
    before = {path: path.read_bytes() for path in faq.rglob("*.yaml")}
    result = sign(*args)
    assert 2 == result.exit_code
    assert told in result.stderr
    assert before == {path: path.read_bytes() for path in faq.rglob("*.yaml")}


def test_today_and_a_year_later_are_taken_where_no_day_is_given(sign: Sign, faq: Path) -> None:
    """As they are on this machine."""
    sign("emg", "--by", "Dr. A")
    review = content(faq).entries["emg"].review
    signed, due = date.fromisoformat(str(review.date)), date.fromisoformat(str(review.due))
    assert abs((date.today() - signed).days) <= 1
    assert 365 <= (due - signed).days <= 366


def test_a_leap_day_is_read_again_the_day_before(sign: Sign, faq: Path) -> None:
    """There is no 29 February a year later."""
    sign("emg", "--by", "Dr. A", "--date", "2024-02-29")
    assert "2025-02-28" == content(faq).entries["emg"].review.due


def test_content_with_errors_is_not_signed(sign: Sign, faq: Path) -> None:
    """A guide that is not proven, for one; the error is told."""
    file = faq / "en" / "guide.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('to: "soon_child"', 'to: "see_child"'), encoding="utf-8")
    result = sign("guide", *BY)
    assert 1 == result.exit_code
    assert "which is no help" in result.stderr
    assert "nothing was signed" in result.stderr
    assert 0 == sign("emg", *BY).exit_code  # which has no errors
    assert "Dr. Jane Doe" not in file.read_text(encoding="utf-8")


def test_content_that_does_not_load_is_not_signed(sign: Sign, faq: Path) -> None:
    """Exit code 1, with the place."""
    (faq / "en" / "words.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    result = sign("emg", *BY)
    assert (1, True) == (result.exit_code, "words.yaml:1:1" in result.stderr)


def test_a_file_that_was_changed_meanwhile_is_left_alone(sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people at once: the second one is told."""

    def too_late(path: Path, old: bytes, new: bytes) -> None:
        raise writing.Changed(path)

    monkeypatch.setattr("bot.commands.sign.replace", too_late)
    result = sign("emg", *BY)
    assert (1, True) == (result.exit_code, "imaging.yaml was changed meanwhile" in result.stderr)


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """With its mode, through a link, and with no copies left behind."""
    file, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    writing.replace(link, b"old", b"new")
    assert (b"new", 0o640, True) == (file.read_bytes(), file.stat().st_mode & 0o777, link.is_symlink())
    with pytest.raises(writing.Changed):
        writing.replace(file, b"old", b"newer")
    assert (b"new", ["a.yaml", "b.yaml"]) == (file.read_bytes(), sorted(path.name for path in tmp_path.iterdir()))


def test_a_byte_order_mark_and_windows_line_ends_stay(sign: Sign, faq: Path) -> None:
    """Notepad's files too."""
    file = faq / "en" / "guide.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes().split(b"\r\n")
    assert 0 == sign("guide", *BY).exit_code
    after = file.read_bytes().split(b"\r\n")
    assert [number for number, line in enumerate(before) if line.startswith(b"review:")] == [
        number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new
    ]
