"""A question that points back: after an answer about MRIs, "how much does it cost" is about the MRI.

Nothing that was typed is remembered for it, only which entry was the last answer. `words.yaml` says which words point
back (`refers_back`) and what they then stand for (`stands_for`), topic by topic.
"""

import re
from collections.abc import Iterable

from bot.content.words import Words
from bot.matching.decide import ANSWER_FROM
from bot.matching.index import declines
from bot.matching.matcher import Match

LONGEST = 10  # words; a longer message says by itself what it is about
ELLIPSIS = 3  # words of a message that leaves out even the "it": "side effects?"
NO_WORSE = 0.5  # of the score without the noun
FAR_BETTER = 1.4  # times that score, where the message is clear without the noun, which only leads back
ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
BREAK = re.compile(r"[,.;:!?]")
CLAUSE = 3  # words from which what stands before the "it" is what it means
NEVER = re.compile(r"(?!)")
FOREIGN = 0.2  # the share of words that the topic does not have, up to which the reading with the noun is believed


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds one of some words or runs of words; nothing where there are none. The longest wins."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE) if ordered else NEVER


class FollowUps:
    """Reads "it" as what the last answer was about."""

    def __init__(self, words: Words) -> None:
        """Without `refers_back` and `stands_for` every message stands by itself."""
        self._stands_for = words.stands_for
        self._points_back = _any_of(words.refers_back)
        self._nouns = _any_of(ARTICLE.sub("", noun) for noun in words.stands_for.values())

    def reading(self, text: str, last: str | None) -> str | None:
        """The message with the noun in the place of its "it"; None where it does not point back, or has a noun.

        `last`: the id of the entry that was the last answer.
        """
        if last is None:
            return None
        noun = self._stands_for.get(last) or self._stands_for.get(last.split(".", 1)[0])
        words = text.split()
        if noun is None or not 0 < len(words) <= LONGEST or self._nouns.search(text):
            return None
        found = self._points_back.search(text)
        if found:
            told = BREAK.split(text[: found.start()])[:-1]
            if any(len(clause.split()) >= CLAUSE for clause in told):  # "i hurt my neck, it is stiff"
                return None
            return self._points_back.sub(lambda _: noun, text, count=1)
        return f"{text} {noun}" if len(words) <= ELLIPSIS else None


def believed(plain: Match, read: Match, last: str) -> bool:
    """Is the reading with the noun the better one? Sure, in the topic's own words, and hardly a worse fit.

    "My shoulder pops when I lift it" after an MRI is clear by itself: a noun that makes it one more question about MRIs
    must fit far better. `last`: the id of the entry that was the last answer.
    """
    if not read.ranking or declines(read.ranking[0][0]) or read.confidence < ANSWER_FROM:
        return False
    topic = _topic(read)
    clear = plain.confidence >= ANSWER_FROM and not declines(plain.ranking[0][0]) and _topic(plain) != topic
    least = FAR_BETTER if clear and topic == last.split(".", 1)[0] else NO_WORSE
    return read.evidence.strange <= FOREIGN and read.evidence.best >= least * plain.evidence.best


def _topic(match: Match) -> str:
    return match.ranking[0][0].split(".", 1)[0]
