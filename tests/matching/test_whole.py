"""A whole message in one call of the kernel: the same as step by step."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.kernel import library
from bot.kernel.library import Kernel
from bot.matching.choosing import Entries
from bot.matching.index import LONGEST_SCORED, Index, Understood
from bot.matching.likeness import Sketch
from bot.matching.reading import Reader
from bot.matching.whole import Whole
from bot.reply import Replier
from tests.support.entries import ENTRIES, NO_WORDS
from tests.support.kernels import COMPILER, without_kernel

pytestmark = COMPILER
TEXTS = (
    "do i need an mri for my back",
    "back back back pain, pain and pain again",
    "zzqx vvorp 12345 back",  # words, stems and runs that the FAQ lacks
    "my zzqx hurts and my zzqx burns",  # one of them twice
    "the the the the the the the the the",
    "wat dose a fizical terapist do",
    "can i bring my own images on a disc to the appointment, or do you get them from the hospital",
    " ".join(["my knee has hurt since the accident last year"] * 40),
)


class Parts:
    """Engine A over the shipped FAQ, and the kernel's reading of whole messages."""

    def __init__(self, index: Index) -> None:
        self.index, self.reader, self.entries = index, Reader(index), Entries(index)
        whole = Whole.of(self.index, self.reader, self.entries)
        assert whole is not None
        self.whole = whole


@pytest.fixture(scope="module")
def parts(shipped_replier: Replier) -> Iterator[Parts]:
    """Built once; nothing in it changes."""
    assert library.kernel() is not None, "compile it: python -m bot.kernel.compiling"
    yield Parts(shipped_replier.decider.matcher.index)


@pytest.mark.parametrize("text", TEXTS)
def test_a_message_is_read_as_step_by_step(parts: Parts, text: str) -> None:
    """Likeness, scores, order, evidence and the entry of each topic."""
    message = parts.index.understand(text)
    found = parts.whole.read(message, sketch=True)
    assert found is not None
    sketch = parts.index.sketch(message)
    assert found.sketched == pytest.approx(sketch.near, abs=1e-6)
    assert dict(zip(found.places.tolist(), found.values.tolist(), strict=True)) == pytest.approx(
        dict(zip(sketch.places.tolist(), sketch.values.tolist(), strict=True))
    )
    near = parts.index.likeness.completed(sketch)
    assert found.near == pytest.approx(near.to, abs=1e-6)
    read = parts.reader.read(near, message.stems)
    assert found.scores == pytest.approx(read.scores, abs=1.1e-4)  # the last step may be rounded the other way
    assert found.evidence == pytest.approx(read.evidence, abs=2.2e-4)
    assert found.scores[found.order] == pytest.approx(np.sort(read.scores)[::-1][: len(found.order)], abs=1.1e-4)
    assert [parts.index.ids[entry] for entry in found.entries] == parts.entries.best(found.order, near.to)


@pytest.mark.parametrize("text", [*TEXTS, "back", "scan scans", "", "?!", "mri? or ct scan? which one is better"])
def test_a_message_matches_the_same_at_once_as_with_others(shipped_replier: Replier, text: str) -> None:
    """One by itself is read in one call where that can be; several are read as always, so that they compare."""
    matcher = shipped_replier.decider.matcher
    assert matcher.match(text) == matcher.matches([text])[0] == matcher.matches(["knee", text])[1]


@pytest.mark.parametrize("text", [*TEXTS, "orthopaedics vertebroplasty", "zzqx vvorp"])
def test_what_the_sentence_model_adds_goes_on_from_there(parts: Parts, text: str) -> None:
    """Engine B completes the sketch once more with its own likeness, also where no common feature is in it."""
    message = parts.index.understand(text)
    found = parts.whole.read(message, sketch=True)
    assert found is not None
    assert found.sketched is not None
    besides = np.linspace(0, 1, len(parts.index.phrasings), dtype=np.float32)
    near = parts.index.likeness.completed(Sketch(found.sketched, found.places, found.values), besides)
    wanted = parts.index.likeness.completed(parts.index.sketch(message), besides)
    assert near.to == pytest.approx(wanted.to, abs=1e-6)
    assert near.close.tolist() == wanted.close.tolist()


def test_what_is_not_asked_for_is_not_told(parts: Parts) -> None:
    """Only the sentence model asks for a sketch."""
    found = parts.whole.read(parts.index.understand(TEXTS[0]), sketch=False)
    assert found is not None
    assert found.sketched is None
    assert [] == found.places.tolist()


def test_the_same_message_reads_the_same_after_any_other(parts: Parts) -> None:
    """Nothing of a message is left in the room that the next one uses."""
    first = parts.whole.read(parts.index.understand(TEXTS[0]), sketch=False)
    for text in TEXTS:
        parts.whole.read(parts.index.understand(text), sketch=True)
    again = parts.whole.read(parts.index.understand(TEXTS[0]), sketch=False)
    assert first is not None
    assert again is not None
    assert first.near.tolist() == again.near.tolist()
    assert first.scores.tolist() == again.scores.tolist()


def test_many_threads_read_at_once_and_none_reads_another_s(parts: Parts) -> None:
    """They share the room, and take turns."""
    messages = [parts.index.understand(text) for text in TEXTS] * 8
    alone = [parts.whole.first(message) for message in messages]
    with ThreadPoolExecutor(8) as pool:
        assert alone == list(pool.map(parts.whole.first, messages))


def test_the_longest_message_has_room(parts: Parts) -> None:
    """So many words of so many letters as are looked at, none of which the FAQ has."""
    words = tuple(f"{chr(97 + n % 26)}{n:03}" + "qzxvj" * 7 for n in range(LONGEST_SCORED))
    assert parts.whole.read(Understood(words, words, numbers=[-1] * len(words)), sketch=False) is not None


def test_a_longer_one_is_refused_and_spoils_nothing(parts: Parts) -> None:
    """Nobody writes beyond the room."""
    words = ("qzxvj" * 7,) * (40 * LONGEST_SCORED)
    with pytest.raises(MemoryError):
        parts.whole.read(Understood(words, words, numbers=[-1] * len(words)), sketch=False)
    assert parts.whole.read(parts.index.understand(TEXTS[0]), sketch=False) is not None


def test_a_small_faq_is_read_step_by_step(compiled_kernel: Kernel) -> None:
    """All of its wordings are looked at."""
    index = Index(ENTRIES, NO_WORDS, "en")
    whole = Whole.of(index, Reader(index), Entries(index))
    assert whole is not None
    assert whole.read(index.understand("do i need a scan"), sketch=True) is None


def test_without_a_kernel_there_is_none() -> None:
    """Then numpy reads."""
    with without_kernel():
        index = Index(ENTRIES, NO_WORDS, "en")
        assert Whole.of(index, Reader(index), Entries(index)) is None
