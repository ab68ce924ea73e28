"""The sparse space: cosines between a message and every wording."""

# ruff: noqa: SIM300 - expected == actual is the house style

from collections import Counter

import numpy as np
import pytest

from bot.matching.space import Space

ROWS = [Counter(["back", "pain"]), Counter(["knee", "pain"]), Counter(["parking"])]


def cosines(space: Space, message: Counter[str]) -> list[float]:
    """The cosine of a message with each wording."""
    weighed = space.weigh(message)
    whole = np.zeros(space.rows.shape[1])
    whole[weighed.numbers] = weighed.values
    found: list[float] = (space.rows @ whole).tolist()
    return found


@pytest.fixture
def space() -> Space:
    """Three wordings of three entries."""
    return Space(ROWS, [0, 1, 2])


def test_a_wording_is_wholly_like_itself(space: Space) -> None:
    """Cosine 1."""
    assert [1.0, 1.0, 1.0] == pytest.approx([cosines(space, row)[number] for number, row in enumerate(ROWS)])


def test_a_message_without_known_features_is_like_nothing(space: Space) -> None:
    """Zeros, not a division by zero."""
    assert [0.0, 0.0, 0.0] == cosines(space, Counter(["zebra"]))


def test_an_empty_message_is_like_nothing(space: Space) -> None:
    """Nor has it a length."""
    assert [0.0, 0.0, 0.0] == cosines(space, Counter())


def test_what_the_faq_does_not_know_makes_a_stranger(space: Space) -> None:
    """It counts in the message's length."""
    assert cosines(space, Counter(["back", "pain", "zebra"]))[0] < cosines(space, Counter(["back", "pain"]))[0]


def test_a_rare_word_weighs_more_than_a_common_one(space: Space) -> None:
    """ "back" belongs to one entry, "pain" to two."""
    assert cosines(space, Counter(["back"]))[0] > cosines(space, Counter(["pain"]))[0]


def test_rarity_counts_entries_not_wordings() -> None:
    """An entry that says a word ten times does not make it common."""
    many = Space([Counter(["back", "pain"])] * 10 + [Counter(["knee"])], [0] * 10 + [1])
    once = Space([Counter(["back", "pain"]), Counter(["knee"])], [0, 1])
    message = Counter(["back", "knee"])
    assert cosines(many, message)[0] == pytest.approx(cosines(once, message)[0])


def test_a_word_of_no_entry_weighs_most(space: Space) -> None:
    """It may be what the message is about."""
    assert space.weight("zebra") > space.weight("parking") > space.weight("pain")


def test_the_shares_add_up_to_the_cosine(space: Space) -> None:
    """What `faqbot ask` says carried an answer is what did."""
    message = Counter(["back", "pain", "zebra"])
    assert cosines(space, message)[0] == pytest.approx(sum(space.shares(message, 0).values()))


def test_words_that_a_wording_lacks_have_no_share(space: Space) -> None:
    """Only what both hold."""
    assert {"pain"} == set(space.shares(Counter(["back", "pain"]), 1))


def test_a_wording_without_features_is_tolerated() -> None:
    """A question of question marks alone."""
    assert [0.0, 1.0] == pytest.approx(cosines(Space([Counter(), Counter(["back"])], [0, 1]), Counter(["back"])))
