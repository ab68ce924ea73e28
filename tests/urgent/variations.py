"""The ways in which the same emergency may be typed."""

from __future__ import annotations

from collections.abc import Callable

THIRD = {
    "i": "she",
    "i'm": "she's",
    "i've": "she's",
    "my": "her",
    "me": "her",
    "im": "she is",
    "myself": "herself",
    "mine": "hers",
    "i'd": "she'd",
}
BEFORE = (
    "I am writing because my sister told me about this clinic. I work in an office and sit most of the day, and "
    "on weekends I like to garden. The first time I called, the person on the phone was very kind and explained "
    "how booking works, which I liked a lot. I bought a new chair and a pillow and I do the stretches that the "
    "therapist showed me. Parking downtown is always full so I take the bus. "
)
AFTER = (
    " I would also like to know whether you take my plan, and whether a referral is needed, since the portal gave "
    "me an error. The form asked for a group number and I could not find it on the card. Is there a paper version "
    "that I could send by mail? My schedule is open on most mornings. Thank you for reading all of this, I tend "
    "to write long messages. The weather here is lovely and I hope that it stays so. Kind regards."
)
QUESTIONS = (
    "Do I need an MRI?",
    "Do you take my insurance?",
    "How much is a first visit?",
    "Can I come on Friday?",
    "What should I wear to my visit?",
    "How long does therapy take?",
    "Do I need a referral?",
    "Can you fax my form to my boss?",
    "Is swimming good for my back?",
    "Who should I see for my knee?",
    "Do you do shots for arthritis?",
)


def capitals(text: str) -> str:
    """Shouted."""
    return text.upper()


def curly(text: str) -> str:
    """As phones write it."""
    return text.replace("'", "’").replace('"', "”")


def bare(text: str) -> str:
    """Without apostrophes."""
    return text.replace("'", "")


def third_person(text: str) -> str:
    """About somebody else; Spanish is left as it is."""
    if " me " in text and "mi " in text:
        return text
    return " ".join(THIRD.get(word.lower(), word) for word in text.split())


def minimised(text: str) -> str:
    """Made small by the person."""
    return f"it's probably nothing and sorry to bother you, but {text}"


def shrugged(text: str) -> str:
    """Made small at the end."""
    return f"{text}. I'm sure it's fine though, no big deal"


def before_a_question(text: str) -> str:
    """With an ordinary question after it."""
    return f"{text}. {QUESTIONS[len(text) % len(QUESTIONS)]}"


def after_a_question(text: str) -> str:
    """With an ordinary question before it."""
    return f"{QUESTIONS[len(text) % len(QUESTIONS)]} Also, {text}"


def buried(text: str) -> str:
    """In the middle of a story of 1,500 characters."""
    return f"{BEFORE}{BEFORE}{text}. {AFTER}"


def spaced(text: str) -> str:
    """With line breaks for spaces after commas, and doubled spaces."""
    return text.replace(", ", ",\n").replace(" ", "  ")


def slipped(text: str) -> str:
    """With two letters of its longest word swapped."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    typo = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return text.replace(word, typo, 1) if word.isalpha() and len(word) > 5 else text


EVERY = (capitals, curly, bare, third_person, minimised, shrugged, before_a_question, after_a_question, buried, spaced)
VARIATIONS: dict[str, Callable[[str], str]] = {variation.__name__: variation for variation in (*EVERY, slipped)}
