"""Ways to say the lines of the rules file, and what lowers them: the plainest words, nobody's sentences."""

from __future__ import annotations

import random
import re

_RANGE = re.compile(r"<(\d+)(?:-(\d+)|(\+))?>")
AROUND = {
    "negated": ("no {}", "no lamp or {}", "never {}"),
    "past": ("{} years ago", "years ago {}", "history of {}", "{} 2 years ago", "used to have {}"),
    "chronic": ("{} for years", "chronic {}", "longstanding {}"),
    "recent": ("{} last week", "{} 2 weeks ago", "recently {}"),
    "asking": ("what is {}", "how common is {}", "risk of {}", "symptoms of {}"),
    "aftercare": ("{} rehab", "{} recovery", "physiatrist for {}"),
    "figure": (),
}


def realized(line: str, lists: dict[str, tuple[str, ...]], chance: random.Random) -> str:
    """One way to say a line: a word for each place, and a word or two in its gaps."""
    left, tilde, right = line.partition(" ~ ")
    if tilde:
        line = f"{left} ... {right}" if chance.random() < 0.5 else f"{right} ... {left}"
    said: list[str] = []
    for piece in line.split():
        if piece == "...":
            said += ["lamp"] * chance.choice((0, 0, 1, 2))
        elif not piece.endswith("?") or chance.random() < 0.5:
            said.append(_word(chance.choice(piece.removesuffix("?").split("|")), lists, chance))
    return " ".join(said)


def _word(part: str, lists: dict[str, tuple[str, ...]], chance: random.Random) -> str:
    limits = _RANGE.fullmatch(part)
    if limits or part == "<number>":
        low = int(limits[1]) if limits else 2
        return str(chance.randint(low, int(limits[2]) if limits and limits[2] else low))
    return chance.choice(lists[part[1:-1]]) if part.startswith("<") else part.rstrip("!")
