"""What a button's data holds comes back as it was, fits, and cannot be forged into something else."""

# ruff: noqa: SIM300 - expected == actual is the house style

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from bot.answers import ALTERNATIVES
from bot.buttons import LETTERS, LIMIT, VERSION, Kind, Tap, decode, encode, key, keys
from bot.content.loading import Content, load

FAQ = Path(__file__).parents[1] / "faq"


@cache
def shipped() -> Content:
    """The FAQ that ships with the bot."""
    return load(FAQ).unwrap()


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("args", [(), ("abcde",), ("abcde", "0"), ("1", "", "0"), ("a", "b", "c", "d")])
def test_every_kind_comes_back_as_it_was(kind: Kind, args: tuple[str, ...]) -> None:
    """With none, one or several arguments, empty ones among them."""
    assert Tap(kind, args) == decode(encode(kind, *args))


def test_every_kind_has_a_letter_of_its_own() -> None:
    """None is forgotten, none is shared."""
    assert set(get_args(Kind)) == set(LETTERS)
    assert len(LETTERS) == len(set(LETTERS.values()))


def test_letters_are_for_ever() -> None:
    """Buttons of last year's messages are still tapped."""
    expected = {
        "entry": "e",
        "helpful": "y",
        "not_helpful": "x",
        "none": "n",
        "topics": "t",
        "group": "g",
        "guide": "w",
        "change": "c",
        "resume": "r",
        "not_happening": "q",
        "home": "h",
        "pass_on": "p",
        "pass_on_yes": "k",
        "pass_on_no": "l",
        "take_back": "b",
    }
    assert ("1", expected) == (VERSION, LETTERS)


def test_keys_are_for_ever() -> None:
    """The same five letters on every machine, in every year."""
    expected = {"mri_prep": "cxly5", "chat.hello": "o3si7", "back_pain": "iiba7"}
    assert expected == {identifier: key(identifier) for identifier in expected}


def test_a_key_is_five_small_letters_or_digits() -> None:
    """Whatever the id."""
    assert all(len(key(name)) == 5 and key(name).isalnum() and key(name).islower() for name in ("a", "x" * 200, "mri"))


def test_data_of_64_bytes_fits() -> None:
    """Telegram's limit itself is allowed, there and back."""
    data = encode("guide", "x" * (LIMIT - 3))
    assert LIMIT == len(data)
    assert Tap("guide", ("x" * (LIMIT - 3),)) == decode(data)


@pytest.mark.parametrize("arg", ["x" * (LIMIT - 2), "\u00e9" * 31])
def test_data_beyond_64_bytes_is_refused(arg: str) -> None:
    """Bytes count, not characters; Telegram would refuse the whole message."""
    with pytest.raises(ValueError, match="over 64 bytes"):
        encode("guide", arg)


def test_an_argument_with_a_colon_is_refused() -> None:
    """It would come back as two."""
    with pytest.raises(ValueError, match="two arguments"):
        encode("group", "a:b")


@pytest.mark.parametrize(
    "data",
    [
        *(
            "",
            "1",
            "e",
            ":",
            "::",
            "0e",
            "2e",
            "2e:abcde",
            "1z",
            "1Z",
            "1E",
            "1ee",
            "11e",
            " 1e",
            "1 e",
            "1entry",
            "e1",
        ),
        *("\u00b9e", "1\u0435", "\ud800", "1e\ud800", "\0", "1e" + ":x" * 40, "1e:" + "\u00e9" * 31, "entry:mri_prep"),
        *('{"kind": "entry"}', "1e\n:x", "x" * 5000),
    ],
)
def test_stale_or_forged_data_is_none(data: str) -> None:
    """Another version, another letter, too long, or no button of ours at all."""
    assert decode(data) is None


@pytest.mark.parametrize("data", ["1e:\ud800", "1e:\udfff:x", "1e:\0", "1e:'; drop", "1e:" + "\u00e9" * 30])
def test_strange_arguments_do_not_raise(data: str) -> None:
    """They are arguments that nothing is found by."""
    assert Tap("entry", tuple(data.split(":")[1:])) == decode(data)


def test_keys_lead_back_to_ids() -> None:
    """Each to its own."""
    assert {key("mri_prep"): "mri_prep", key("cost"): "cost"} == keys(["mri_prep", "cost"])


def test_the_same_id_twice_is_no_clash() -> None:
    """It has the same key."""
    assert {key("cost"): "cost"} == keys(["cost", "cost"])


def test_two_ids_with_one_key_are_refused() -> None:
    """With both names and the remedy."""
    with pytest.raises(ValueError, match="`topic_4175` and `topic_3405` share a button key -> rename one of them"):
        keys(["topic_3405", "cost", "topic_4175"])


def test_no_keys_clash_in_the_shipped_content() -> None:
    """Neither of entries nor of rules nor of groups."""
    content = shipped()
    names = [
        list(content.entries),
        [rule.id for rule in content.urgent.rules],
        [group.name for group in content.groups],
    ]
    assert [len(set(group)) for group in names] == [len(keys(group)) for group in names]


def test_buttons_of_every_shipped_entry_fit() -> None:
    """Its own, "yes", and "no" with as many as may come next."""
    for name, entry in shipped().entries.items():
        others = [key(other) for other in entry.see_also[:ALTERNATIVES]]
        for data in (
            encode("entry", key(name)),
            encode("helpful", key(name)),
            encode("not_helpful", key(name), *others),
        ):
            assert len(data.encode()) <= LIMIT


def test_the_button_of_every_shipped_rule_fits() -> None:
    """Nine rules at once, as many as one button may silence."""
    rules = [key(rule.id) for rule in shipped().urgent.rules]
    for first in range(len(rules)):
        assert len(encode("not_happening", *rules[first : first + 9]).encode()) <= LIMIT


def test_the_buttons_of_every_shipped_group_fit() -> None:
    """On any page."""
    for group in shipped().groups:
        assert len(encode("group", key(group.name), "999").encode()) <= LIMIT
