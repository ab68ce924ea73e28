"""What may be typed to the guide means one thing only, and words of doubt never mean "none of these"."""

from collections.abc import Iterator

from bot.checks.guide_faults import Fault, options, repeated
from bot.content.guide import Guide
from bot.guide import common_wordings, own_wordings, spoken


def typed(guide: Guide) -> Iterator[Fault]:
    """What is typed means one thing only, and "none of these" is never said by words of doubt."""
    for question in guide.questions:
        for words in repeated(" ".join(said) for option in question.options for said in own_wordings(option)):
            yield f'question `{question.id}`: "{words}" stands under two options', "keep it under one of them"
    says = guide.says
    meant = {spoken(text) for text in (*says.affirms, *says.clear, *says.unsure)}
    for filler in says.fillers:
        if spoken(filler) in meant or len(spoken(filler)) != 1:
            yield f'`fillers`: "{filler}" is an answer, or no single word', "remove it there"
    yield from _bare(guide)
    doubt = {spoken(text) for text in (*says.affirms, *says.unsure)}
    for question, option in options(guide):
        for said in sorted(doubt & (own_wordings(option) | common_wordings(guide, option)) if option.clear else ()):
            message = f'question `{question.id}`: "{" ".join(said)}" would count as "none of these"'
            yield message, "remove it from that option, or from the guide's `says`"


def _bare(guide: Guide) -> Iterator[Fault]:
    """Words without their fillers point to one option only."""
    fillers = {word for text in guide.says.fillers for word in spoken(text)}
    for question in guide.questions if fillers else ():
        own = [{" ".join(sorted(set(said) - fillers)) for said in own_wordings(option)} for option in question.options]
        for words in repeated(words for known in own for words in known if words):
            yield f'question `{question.id}`: "{words}" without fillers stands under two options', "keep it under one"
