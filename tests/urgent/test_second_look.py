"""The second look: where no rule shows a card, all words of a text together may sound like an emergency."""

# ruff: noqa: SIM300 - expected == actual is the house style

import re
from pathlib import Path
from zlib import crc32

import pytest

from bot.content.loading import Content
from bot.content.urgent import Concept, Urgent
from bot.content.weights import SOUNDS, Weights, hashes, read_weights
from bot.urgent import Gate, features
from bot.urgent.features import MOST, Part, parts
from bot.urgent.second_look import EXCUSED, SecondLook
from bot.urgent.text import STOP, Text

HEAD = "bar\t100\t100\t9999\nstart\t0\t0\t0\nlong\t0\t0\t0\n"


def weights(tmp_path: Path, lines: str) -> Weights:
    """What a file with these lines says."""
    (tmp_path / "urgent_weights.tsv").write_text(HEAD + lines)
    read, problems, _ = read_weights(tmp_path / "urgent_weights.tsv")
    assert read is not None, problems
    return read


@pytest.fixture
def any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if few words were enough: their sums can be reckoned by hand."""
    monkeypatch.setattr(features, "FEWEST", 1)


def text(*words: str) -> Text:
    """Words without a break."""
    return Text(list(words), [STOP, *[0] * (len(words) - 1)] if words else [])


@pytest.mark.parametrize(("count", "heard"), [(3, []), (4, ["danger"])])
def test_few_words_say_nothing_together(tmp_path: Path, count: int, heard: list[str]) -> None:
    """A message of three words is left to the rules, however loud."""
    look = SecondLook(weights(tmp_path, "limp\t9000\t0\t0\n"))
    assert heard == [one.kind for one in look.sounds(text(*["limp"] * count))]


def test_no_label_of_the_guide_sounds_like_an_emergency(whole: Gate, content: Content) -> None:
    """What can be tapped can be typed, and must stay an answer to its question."""
    assert content.guide is not None
    labels = set(re.findall(r'"label": "([^"]+)"', content.guide.model_dump_json().replace('":"', '": "')))
    assert len(labels) > 20
    assert [] == [label for label in sorted(labels) if any(r.startswith("sounds") for r in whole.check(label).rules)]


def test_features_are_words_neighbours_and_words_one_apart() -> None:
    """And where the text begins and ends; each once."""
    part = Part(0, 3, ["leg", "is", "leg"])
    assert ["leg", "is", "^ leg", "leg is", "is leg", "leg $", "leg _ leg"] == part.features()


@pytest.mark.usefixtures("any_length")
@pytest.mark.parametrize(("below", "heard"), [(EXCUSED, ["danger"]), (EXCUSED + 1, [])])
def test_what_an_excuse_keeps_quiet_needs_a_little_less(tmp_path: Path, below: int, heard: list[str]) -> None:
    """Where a rule would show a card but for a set phrase or the like, from EXCUSED below the bar on; else not."""
    look = SecondLook(weights(tmp_path, f"limp\t{round((100 - below) * 3**0.5 + 0.49)}\t0\t0\n"))
    assert heard == [one.kind for one in look.sounds(text("limp"), lambda: True)]
    assert [] == look.sounds(text("limp"), lambda: False) == look.sounds(text("limp"))


@pytest.mark.usefixtures("any_length")
def test_what_is_loud_anyway_is_heard_alone(tmp_path: Path) -> None:
    """Nobody asks about excuses then, and the other kind, which is only near its bar, does not join in."""
    look = SecondLook(weights(tmp_path, "limp\t300\t170\t0\n"))
    assert ["danger"] == [one.kind for one in look.sounds(text("limp"), lambda: pytest.fail("asked"))]


def test_what_an_excuse_keeps_quiet_is_asked_of_the_rules(tmp_path: Path, content: Content) -> None:
    """The same weight beside an excused sign shows a card, and beside none it does not."""
    assert content.urgent is not None
    near = weights(tmp_path, "tomorrow\t0\t0\t0\n")._replace(bars=(EXCUSED, 9999, 9999))  # all weigh 0
    gate = Gate(content.urgent, near)
    assert ("sounds_urgent",) == gate.check("no chest pain at all tomorrow").rules
    assert () == gate.check("no table lamp at all tomorrow").rules


@pytest.mark.usefixtures("any_length")
def test_what_weighs_enough_is_heard(tmp_path: Path) -> None:
    """The sum over the root of how many features there are reaches the bar: 300 / sqrt(3) does, 170 / sqrt(3) not."""
    look = SecondLook(weights(tmp_path, "limp\t300\t0\t0\nsoft\t170\t0\t0\n"))
    assert ["danger"] == [heard.kind for heard in look.sounds(text("limp"))]
    assert [] == look.sounds(text("soft"))


@pytest.mark.usefixtures("any_length")
def test_either_kind_has_its_own_weights(tmp_path: Path) -> None:
    """A text may sound like both."""
    look = SecondLook(weights(tmp_path, "burden\t0\t300\t0\nlimp burden\t500\t0\t0\n"))
    assert ["crisis"] == [heard.kind for heard in look.sounds(text("burden"))]
    assert [*SOUNDS] == [heard.kind for heard in look.sounds(text("limp", "burden"))]


@pytest.mark.usefixtures("any_length")
def test_what_nobody_has_learned_only_dilutes(tmp_path: Path) -> None:
    """Strange words speak for nothing."""
    look = SecondLook(weights(tmp_path, "limp\t300\t0\t0\n"))
    assert [] == look.sounds(text("limp", *(f"strange{number}" for number in range(9))))


@pytest.mark.usefixtures("any_length")
def test_the_loudest_features_are_named(tmp_path: Path) -> None:
    """For `faqbot ask`, the loudest first; none that speaks against it."""
    look = SecondLook(weights(tmp_path, "limp\t300\t0\t0\narm\t100\t0\t0\narm limp\t200\t0\t0\nlimp $\t-50\t0\t0\n"))
    assert [("limp", "arm limp", "arm")] == [heard.loudest for heard in look.sounds(text("arm", "limp"))]


@pytest.mark.usefixtures("any_length")
def test_the_bar_itself_is_enough(tmp_path: Path) -> None:
    """Of four features 200 / sqrt(4) is the bar of 100; one hundredth less is not."""
    twice = text("limp", "limp")  # limp, ^ limp, limp limp, limp $
    assert ["danger"] == [one.kind for one in SecondLook(weights(tmp_path, "limp\t200\t0\t0\n")).sounds(twice)]
    assert [] == SecondLook(weights(tmp_path, "limp\t199\t0\t0\n")).sounds(twice)


def test_of_several_loud_parts_the_loudest_is_told(tmp_path: Path) -> None:
    """Wherever it stands."""
    look = SecondLook(weights(tmp_path, "limp\t2000\t0\t0\nlame\t1000\t0\t0\n"))
    words = [*["lame", *["word"] * 39], *["limp", *["word"] * 39], *["lame", *["word"] * 39]]
    breaks = [STOP if place % 40 == 0 else 0 for place in range(120)]
    assert [("danger", 40, 79)] == [(one.kind, one.start, one.end) for one in look.sounds(Text(words, breaks))]


def test_no_more_than_four_features_are_named(tmp_path: Path) -> None:
    """Equally loud ones by the alphabet."""
    lines = [f"{name}\t{weight}\t0\t0\n" for name, weight in zip("abcdef", (9, 9, 700, 9, 8, 9), strict=True)]
    look = SecondLook(weights(tmp_path, "".join(lines)))
    assert [("c", "a", "b", "d")] == [one.loudest for one in look.sounds(text(*"abcdef"))]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([MOST], [(0, MOST)]),
        ([MOST + 1], [(0, MOST), (MOST, MOST + 1)]),
        ([MOST, 1], [(0, MOST), (MOST, MOST + 1)]),
        ([1, MOST], [(0, 1), (1, MOST + 1)]),
        ([2, MOST - 2, 1], [(0, MOST), (MOST, MOST + 1)]),
        ([2 * MOST, 1], [(0, MOST), (MOST, 2 * MOST), (2 * MOST, 2 * MOST + 1)]),
    ],
)
def test_where_a_long_text_is_cut(lengths: list[int], expected: list[tuple[int, int]]) -> None:
    """At the end of a sentence if one is near enough, to the word."""
    breaks = [STOP if place == 0 else 0 for length in lengths for place in range(length)]
    assert expected == [(part.start, part.end) for part in parts(Text(["x"] * len(breaks), breaks))]


@pytest.mark.usefixtures("any_length")
def test_no_words_sound_like_nothing(tmp_path: Path) -> None:
    """An empty message, or one of marks only."""
    assert [] == SecondLook(weights(tmp_path, "limp\t300\t0\t0\n")).sounds(text())


@pytest.mark.usefixtures("any_length")
def test_without_a_feature_nothing_is_heard(tmp_path: Path) -> None:
    """A file with nothing but its head."""
    assert [] == SecondLook(weights(tmp_path, "")).sounds(text("limp"))


def test_of_a_long_text_a_few_sentences_are_weighed_in_one_go() -> None:
    """All words once, in order, and never more than MOST."""
    lengths = [10, 20, 25, 90, 3, 5]
    breaks = [STOP if place == 0 else 0 for length in lengths for place in range(length)]
    found = [(part.start, part.end) for part in parts(Text(["x"] * len(breaks), breaks))]
    assert [place for start, end in found for place in range(start, end)] == list(range(len(breaks)))
    assert max(end - start for start, end in found) <= MOST
    assert (0, 30) == found[0]


def test_a_sign_in_the_middle_of_a_story_is_heard(tmp_path: Path) -> None:
    """A hundred words around it take nothing from it."""
    look = SecondLook(weights(tmp_path, "limp\t600\t0\t0\n"))
    around = ["word"] * MOST
    breaks = [STOP, *[0] * (MOST - 1), STOP, 0, STOP, *[0] * (MOST - 1)]
    heard = look.sounds(Text([*around, "limp", "he", *around], breaks))
    assert [(MOST, MOST + 1)] == [(one.start, one.end) for one in heard]


@pytest.mark.parametrize("rule", ["sounds_urgent", "sounds_like_crisis"])
def test_a_rule_of_the_second_look_fires_only_where_no_other_does(whole: Gate, content: Content, rule: str) -> None:
    """Its examples name no sign; with one that a rule knows, that rule alone speaks."""
    assert content.urgent is not None
    examples = next(one.fires_on for one in content.urgent.rules if one.id == rule)
    assert [(rule,)] * len(examples) == [whole.check(example).rules for example in examples]
    assert rule not in whole.check(f"my chest hurts and I cannot breathe. {examples[0]}").rules


def test_without_weights_there_is_no_second_look(content: Content) -> None:
    """The rules work by themselves."""
    assert content.urgent is not None
    example = next(rule.fires_on[0] for rule in content.urgent.rules if rule.id == "sounds_urgent")
    assert () == Gate(content.urgent).check(example).rules


def test_what_somebody_said_is_not_happening_is_not_heard_either(whole: Gate) -> None:
    """A rule that would fire and was silenced keeps the second look quiet too."""
    text = "since this morning my dad's face droops and he can't lift his arm"
    rules = whole.check(text).rules
    assert rules
    assert () == whole.check(text, silenced=frozenset(rules)).rules


def test_no_wording_of_the_faq_sounds_like_an_emergency(whole: Gate, content: Content) -> None:
    """Nor a title; those about danger signs may."""
    texts = {t for e in content.entries.values() if e.topic != "danger_signs" for t in (e.question, *e.phrasings)}
    assert [] == [text for text in sorted(texts) if any(rule.startswith("sounds") for rule in whole.check(text).rules)]


def test_the_reasons_name_the_loudest_words(whole: Gate, content: Content) -> None:
    """For an admin who asks why."""
    assert content.urgent is not None
    example = next(rule.fires_on[0] for rule in content.urgent.rules if rule.id == "sounds_urgent")
    assert any(line.startswith("sounds_urgent: ") for line in whole.check(example).why)


@pytest.mark.parametrize("words", ["", "limp", "leg is leg", "a b a b a", "mi pierna está ñandú \ud800 x"])
def test_a_feature_has_one_number_on_every_machine(words: str) -> None:
    """Its CRC-32, in the order of the features."""
    found = Part(0, 0, words.split()).features()
    wanted = [crc32(feature.encode("utf-8", "surrogatepass")) for feature in found] if words else []
    assert wanted == hashes(words.split()).tolist()


@pytest.mark.parametrize("line", ["limp", "limp\t1\t2", "limp\ta\tb\tc", "limp\t99999\t0\t0", "limp\t1\t2\t3\t4"])
def test_a_broken_line_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    """File, line, and what to do; nothing is half read."""
    (tmp_path / "urgent_weights.tsv").write_text(f"{HEAD}{line}\n")
    read, problems, _ = read_weights(tmp_path / "urgent_weights.tsv")
    assert (None, [4]) == (read, [problem.place.line for problem in problems])
    assert "make learn" in problems[0].hint


def test_a_file_without_its_head_is_refused(tmp_path: Path) -> None:
    """No bar, no second look."""
    (tmp_path / "urgent_weights.tsv").write_text("limp\t1\t2\t0\n")
    assert [1] == [problem.place.line for problem in read_weights(tmp_path / "urgent_weights.tsv")[1]]


@pytest.mark.parametrize("both", [{}, {"says": ["limp"], "weighed": "danger"}])
def test_a_concept_has_words_or_is_weighed(both: dict[str, object]) -> None:
    """One of the two, and not both."""
    with pytest.raises(ValueError, match="write lines under `says`"):
        Concept.model_validate({"kind": "plain", **both})


def test_a_signature_covers_the_weights(content: Content) -> None:
    """Learned anew, a rule that is weighed is a draft again; the others stay signed."""
    assert content.urgent is not None
    before, other = content.urgent.fingerprints, Urgent.model_validate(content.urgent.model_dump())
    other.know("other weights")
    changed = {rule for rule, told in other.fingerprints.items() if told != before[rule]}
    assert {"sounds_urgent", "sounds_like_crisis"} == changed


def test_a_line_that_shows_no_card_keeps_the_second_look_awake(content: Content, tmp_path: Path) -> None:
    """Somebody who should be seen in two days may be in danger all the same."""
    assert content.urgent is not None
    small = next(rule for rule in content.urgent.rules if rule.tier == "within_24_48h")
    text = f"limp limp limp limp, {small.fires_on[0]}"
    assert (small.id,) == Gate(content.urgent).check(text).rules
    verdict = Gate(content.urgent, weights(tmp_path, "limp\t0\t9000\t0\n")).check(text)
    assert ("crisis", ("sounds_like_crisis", small.id)) == (verdict.tier, verdict.rules)
