"""The index: what of a message is found in a wording."""



import numpy as np
import pytest

from bot.content.words import Words
from bot.matching.index import Index
from tests.support.entries import ENTRIES


@pytest.fixture
def index() -> Index:
    """Over the handful."""
    return Index(ENTRIES, Words(), "en")


def test_the_shares_add_up_to_the_cosine_of_the_words(index: Index) -> None:
    """What `faqbot ask` says carried an answer is what did."""
    message, wording = index.understand("is a zebra scan needed"), index.phrasings.index("is a scan needed")
    weighed = index.space.weigh(index.features.of(message.stems, ()))
    columns, values = index.space.held.row(wording)
    whole = np.zeros(index.features.width)
    whole[weighed.numbers] = weighed.values
    assert float(values @ whole[columns]) == pytest.approx(sum(index.shares(message, wording).values()))


def test_words_that_a_wording_lacks_have_no_share(index: Index) -> None:
    """Only what both hold, pairs of neighbours too."""
    message, wording = index.understand("is a zebra scan needed"), index.phrasings.index("is a scan needed")
    assert {"is", "a", "scan", "need", "is a", "scan need"} == set(index.shares(message, wording))
