"""FAQs of any size, made from the words of the real one: the same every time, for measuring speed and memory."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.content.entries import Entry

SEED = 20_240_607
OWN_WORDS = 6  # that tell an entry from others
COMMON = 60  # words that all entries share
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Maker:
    """Makes entries and messages; frequent words of the real FAQ fill, its rarer ones tell entries apart."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        wordings = (text for entry in entries.values() for text in entry.phrasings)
        counts = Counter(word for text in wordings for word in text.lower().split() if word.isalpha())
        ordered = sorted(counts, key=lambda word: (-counts[word], word))
        self._common = ordered[:COMMON] or ["faq"]
        self._rare = ordered[COMMON:] or self._common

    def faq(self, entries: int, wordings: int) -> list[Entry]:
        """So many entries, each with so many wordings, its question among them."""
        return [self._entry(number, wordings) for number in range(entries)]

    def messages(self, entries: int, number: int) -> list[str]:
        """Messages to such a FAQ: a third with a slip of the thumb, each tenth a post of several sentences."""
        chance = _chance(0)
        texts = []
        for position in range(number):
            own = self._own(chance.randrange(entries))
            text = self._wording(own, chance)
            if position % 10 == 9:
                text = ". ".join([*(self._wording(self._common, chance) for _ in range(4)), text]) + "."
            texts.append(_slipped(text, chance) if position % 3 == 0 else text)
        return texts

    def _entry(self, number: int, wordings: int) -> Entry:
        chance, own = _chance(1 + number), self._own(number)
        texts: dict[str, None] = {}
        for _ in range(20 * wordings):  # a FAQ of very few words has fewer different wordings
            texts.setdefault(self._wording(own, chance))
            if len(texts) == wordings:
                break
        question, *asked_as = texts
        return Entry(id=f"made_{number}", question=question, answer="Made for measuring.", asked_as=asked_as)

    def _own(self, number: int) -> list[str]:
        return _chance(-1 - number).choices(self._rare, k=OWN_WORDS)

    def _wording(self, own: Sequence[str], chance: random.Random) -> str:
        words = [*chance.choices(own, k=chance.randint(2, 3)), *chance.choices(self._common, k=chance.randint(2, 6))]
        chance.shuffle(words)
        return " ".join(words)


def _chance(number: int) -> random.Random:
    return random.Random(SEED + number)  # noqa: S311 - made to be the same every time


def _slipped(text: str, chance: random.Random) -> str:
    """One letter of one longer word replaced."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 4]
    if long:
        place = chance.choice(long)
        letter = chance.randrange(1, len(words[place]))
        words[place] = words[place][:letter] + chance.choice(LETTERS) + words[place][letter + 1 :]
    return " ".join(words)
