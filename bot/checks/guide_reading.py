"""How hard the guide is to read: each question and each end, as patients see them."""

import statistics
from collections.abc import Mapping

from bot.checks.case import Case
from bot.checks.readability import ENGLISH, HIGHEST, grade, words_of
from bot.checks.syllables import count
from bot.guide import outcome_text
from bot.problems import Problem


def guide_reading(case: Case) -> tuple[list[Problem], Mapping[str, str]]:
    """Screens that are too hard, and the median and the highest grade. Without the extra `check` nothing is told."""
    guide = case.content.guide
    if guide is None or case.content.language != ENGLISH:
        return [], {}
    spots = {question.id: ("questions", number) for number, question in enumerate(guide.questions)}
    spots |= {outcome.id: ("outcomes", number) for number, outcome in enumerate(guide.outcomes)}
    screens = {question.id: question.text for question in guide.questions}
    screens |= {outcome.id: f"{outcome.title}.\n\n{outcome_text(guide, outcome)}" for outcome in guide.outcomes}
    try:
        syllables = count(word for text in screens.values() for word in words_of(text))
    except ImportError:
        return [], {}
    grades = {name: grade(text, syllables) for name, text in screens.items()}
    if not grades:
        return [], {}
    hint = "shorter sentences and plainer words"
    problems = [
        Problem(
            "warning",
            case.sources.file("guide.yaml", *spots[name], "text"),
            f"`{name}`: the screen needs grade {found:.1f} to be read; {HIGHEST:.0f} is the most",
            hint,
        )
        for name, found in grades.items()
        if found > HIGHEST
    ]
    hardest = max(grades, key=lambda name: grades[name])
    middle, most = statistics.median(grades.values()), grades[hardest]
    return problems, {"guide reading level": f"grade {middle:.1f} in the median, {most:.1f} at most ({hardest})"}
