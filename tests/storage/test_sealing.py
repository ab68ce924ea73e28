"""What is kept can be read only with the key, only for its purpose, only in its row."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.settings import MAKE_SECRET, SettingsError, read_settings
from bot.storage.sealing import Keys, Sealed
from tests.support.databases import KEY

WORDS = b"my knee clicks on the stairs"


def test_what_is_sealed_comes_back() -> None:
    """With the same key, in another process."""
    assert WORDS == Keys(KEY).unseal("inbox", Keys(KEY).seal("inbox", WORDS, "row"), "row")


def test_the_words_are_not_in_it_and_no_two_are_alike() -> None:
    """Nobody sees that two people asked the same."""
    one, two = (Keys(KEY).seal("inbox", WORDS, "row") for _ in range(2))
    assert one != two
    assert b"knee" not in one + two


@pytest.mark.parametrize("key", [KEY + "x", KEY.upper()])
def test_another_key_opens_nothing(key: str) -> None:
    """However alike."""
    with pytest.raises(Sealed):
        Keys(key).unseal("inbox", Keys(KEY).seal("inbox", WORDS, "row"), "row")


def test_another_purpose_or_row_opens_nothing() -> None:
    """Rows cannot be swapped."""
    sealed = Keys(KEY).seal("inbox", WORDS, "row")
    with pytest.raises(Sealed):
        Keys(KEY).unseal("sessions", sealed, "row")
    with pytest.raises(Sealed):
        Keys(KEY).unseal("inbox", sealed, "other")


@pytest.mark.parametrize("damaged", [b"", b"x", b"x" * 12, b"x" * 40])
def test_damage_is_told(damaged: bytes) -> None:
    """And nothing else is raised."""
    with pytest.raises(Sealed):
        Keys(KEY).unseal("inbox", damaged, "row")


def test_a_hash_depends_on_key_purpose_and_every_part() -> None:
    """And on nothing else."""
    hashes = [
        Keys(KEY).hashed("sessions", 1, 23),
        Keys(KEY).hashed("sessions", 12, 3),
        Keys(KEY).hashed("inbox", 1, 23),
        Keys(KEY + "x").hashed("sessions", 1, 23),
    ]
    assert 4 == len(set(hashes))
    assert Keys(KEY).hashed("sessions", 1, 23) == hashes[0]


def test_a_short_key_is_refused_and_not_shown() -> None:
    """The error says how to make one."""
    with pytest.raises(SettingsError) as caught:
        read_settings({"DATA_KEY": "tooshort"})
    assert f"DATA_KEY: needs at least 32 random characters. Make one: {MAKE_SECRET}" == str(caught.value)
