"""The sparse space: cosines between a message and every wording, of words and of characters."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import pytest

from bot.matching.features import UNKNOWN, Features
from bot.matching.space import Space

ROWS = ["back pain", "knee pain", "parking"]


class Wordings:
    """Some wordings in their space; each word is its own stem."""

    def __init__(self, wordings: list[str], owners: list[int]) -> None:
        self.features, places = Features.read([text.split() for text in wordings], str)
        self.space = Space.read(places, np.array(owners), self.features.said, self.features.width)

    def cosines(self, message: str) -> list[tuple[float, float]]:
        """Of a message with each of them: by words, by characters."""
        words = message.split()
        weighed = self.space.weigh(self.features.of(words, words))
        whole = np.zeros(self.features.width)
        whole[weighed.numbers] = weighed.values
        rows = [self.space.held.row(number) for number in range(len(self.space.held))]
        said = self.features.said
        parts = [(columns < said, values * whole[columns]) for columns, values in rows]
        return [(float(shares[words].sum()), float(shares[~words].sum())) for words, shares in parts]

    def by_words(self, message: str) -> list[float]:
        """The first of each pair."""
        return [words for words, _ in self.cosines(message)]

    def weight(self, word: str) -> float:
        """What a word weighs."""
        return float(self.space.weights[self.features.of_stems([word])][0])


@pytest.fixture
def three() -> Wordings:
    """Three wordings of three entries."""
    return Wordings(ROWS, [0, 1, 2])


def test_a_wording_is_wholly_like_itself(three: Wordings) -> None:
    """Cosine 1, by words and by characters."""
    assert [(1.0, 1.0)] * 3 == [pytest.approx(three.cosines(row)[number]) for number, row in enumerate(ROWS)]


def test_a_message_without_known_features_is_like_nothing(three: Wordings) -> None:
    """Zeros, not a division by zero."""
    assert [(0.0, 0.0)] * 3 == three.cosines("zzzz")


def test_an_empty_message_is_like_nothing(three: Wordings) -> None:
    """Nor has it a length."""
    assert [(0.0, 0.0)] * 3 == three.cosines("")


def test_words_and_characters_are_measured_apart(three: Wordings) -> None:
    """A word that nobody wrote may be spelt much like one that somebody did."""
    words, characters = three.cosines("parkings")[2]
    assert (0.0, True) == (words, characters > 0.5)


def test_what_the_faq_does_not_know_makes_a_stranger(three: Wordings) -> None:
    """It counts in the message's length."""
    assert three.by_words("back pain zebra")[0] < three.by_words("back pain")[0]


def test_a_rare_word_weighs_more_than_a_common_one(three: Wordings) -> None:
    """ "back" belongs to one entry, "pain" to two."""
    assert three.by_words("back")[0] > three.by_words("pain")[0]


def test_neighbours_count_together(three: Wordings) -> None:
    """In their order."""
    assert three.by_words("back pain")[0] > three.by_words("pain back")[0]


def test_what_is_said_twice_counts_more_but_not_twice() -> None:
    """By the logarithm of how often, in sixteenths."""
    many = Wordings(["knee knee back", "back", "hip"], [0, 1, 2])
    columns, values = many.space.held.row(0)
    shares = dict(zip(columns.tolist(), values.tolist(), strict=True))
    knee, back = (int(many.features.of_stems([word])[0]) for word in ("knee", "back"))
    ratio = shares[knee] / shares[back] * many.weight("back") / many.weight("knee")
    assert 27 / 16 == pytest.approx(ratio)


def test_rarity_counts_entries_not_wordings() -> None:
    """An entry that says a word ten times does not make it common."""
    many = Wordings(["back pain"] * 10 + ["knee"], [0] * 10 + [1])
    once = Wordings(["back pain", "knee"], [0, 1])
    assert many.by_words("back knee")[0] == pytest.approx(once.by_words("back knee")[0])


def test_a_word_of_no_entry_weighs_most(three: Wordings) -> None:
    """It may be what the message is about."""
    assert three.weight("zebra") > three.weight("parking") > three.weight("pain")


def test_features_have_numbers_of_their_own(three: Wordings) -> None:
    """Stems, then pairs, then runs; what the FAQ does not have is unknown, in whichever of them."""
    found = three.features.of(["knee", "pain", "zebra"], ["knee"])
    stems, pairs, runs = found.numbers[:3], found.numbers[3:5], found.numbers[5:]
    assert (stems[:2] < three.features.stems).all()
    assert three.features.stems <= pairs[0] < three.features.said
    assert (three.features.said <= runs).all()
    assert [UNKNOWN, UNKNOWN] == [stems[2], pairs[1]]
    assert (5, [1.0] * 12) == (found.said, found.counts.tolist())


def test_a_wording_without_features_is_tolerated() -> None:
    """A question of question marks alone."""
    assert [0.0, 1.0] == pytest.approx(Wordings(["", "back"], [0, 1]).by_words("back"))


def test_wordings_without_any_word_are_tolerated() -> None:
    """All of them."""
    assert [(0.0, 0.0)] * 2 == Wordings(["", ""], [0, 1]).cosines("back")
