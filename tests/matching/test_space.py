"""The sparse space: cosines between a message and every wording."""

# ruff: noqa: SIM300 - expected == actual is the house style

from collections import Counter

import numpy as np
import pytest

from bot.matching.space import Space

ROWS = [Counter(["back", "pain"]), Counter(["knee", "pain"]), Counter(["parking"])]


class Wordings:
    """Some wordings in their space."""

    def __init__(self, wordings: list[Counter[str]], owners: list[int]) -> None:
        self.space, self.rows = Space.read(wordings, owners)

    def cosines(self, message: Counter[str]) -> list[float]:
        """Of a message with each of them."""
        weighed = self.space.weigh(message)
        whole = np.zeros(self.rows.width)
        whole[weighed.numbers] = weighed.values
        rows = (self.rows.row(number) for number in range(len(self.rows)))
        return [float(values @ whole[columns]) for columns, values in rows]

    def shares(self, message: Counter[str], number: int) -> dict[str, float]:
        """What makes up one of the cosines."""
        return self.space.shares(message, self.rows.row(number))

    def weight(self, feature: str) -> float:
        """What a feature weighs."""
        return float(self.space.weights([feature])[1][0])


@pytest.fixture
def three() -> Wordings:
    """Three wordings of three entries."""
    return Wordings(ROWS, [0, 1, 2])


def test_a_wording_is_wholly_like_itself(three: Wordings) -> None:
    """Cosine 1."""
    assert [1.0, 1.0, 1.0] == pytest.approx([three.cosines(row)[number] for number, row in enumerate(ROWS)])


def test_a_message_without_known_features_is_like_nothing(three: Wordings) -> None:
    """Zeros, not a division by zero."""
    assert [0.0, 0.0, 0.0] == three.cosines(Counter(["zebra"]))


def test_an_empty_message_is_like_nothing(three: Wordings) -> None:
    """Nor has it a length."""
    assert [0.0, 0.0, 0.0] == three.cosines(Counter())


def test_what_the_faq_does_not_know_makes_a_stranger(three: Wordings) -> None:
    """It counts in the message's length."""
    assert three.cosines(Counter(["back", "pain", "zebra"]))[0] < three.cosines(Counter(["back", "pain"]))[0]


def test_a_rare_word_weighs_more_than_a_common_one(three: Wordings) -> None:
    """ "back" belongs to one entry, "pain" to two."""
    assert three.cosines(Counter(["back"]))[0] > three.cosines(Counter(["pain"]))[0]


def test_rarity_counts_entries_not_wordings() -> None:
    """An entry that says a word ten times does not make it common."""
    many = Wordings([Counter(["back", "pain"])] * 10 + [Counter(["knee"])], [0] * 10 + [1])
    once = Wordings([Counter(["back", "pain"]), Counter(["knee"])], [0, 1])
    message = Counter(["back", "knee"])
    assert many.cosines(message)[0] == pytest.approx(once.cosines(message)[0])


def test_a_word_of_no_entry_weighs_most(three: Wordings) -> None:
    """It may be what the message is about."""
    assert three.weight("zebra") > three.weight("parking") > three.weight("pain")


def test_the_shares_add_up_to_the_cosine(three: Wordings) -> None:
    """What `faqbot ask` says carried an answer is what did."""
    message = Counter(["back", "pain", "zebra"])
    assert three.cosines(message)[0] == pytest.approx(sum(three.shares(message, 0).values()))


def test_words_that_a_wording_lacks_have_no_share(three: Wordings) -> None:
    """Only what both hold."""
    assert {"pain"} == set(three.shares(Counter(["back", "pain"]), 1))


def test_a_wording_without_features_is_tolerated() -> None:
    """A question of question marks alone."""
    assert [0.0, 1.0] == pytest.approx(Wordings([Counter(), Counter(["back"])], [0, 1]).cosines(Counter(["back"])))
