"""What a clinician reads before signing: every word that the signature covers, as plain text."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer
import yaml

from bot.answers import values
from bot.charts.numbering import Plan, marks, plan
from bot.commands.exits import PROBLEMS, stop
from bot.content.base import fill
from bot.content.entries import Entry
from bot.content.guide import Guide, Option
from bot.content.loading import Content
from bot.content.signables import Signable
from bot.content.urgent import Rule, Urgent, conditions
from bot.guide import outcome_text

NARROW = 100  # columns of what is told as YAML


def agreed(chosen: Sequence[Signable], content: Content, name: str, today: date) -> list[Signable]:
    """Show each text, and ask. What was answered with yes; raises `typer.Exit` where nobody answers."""
    found: list[Signable] = []
    for number, one in enumerate(chosen, 1):
        typer.echo(f"--- {one.name} ({number} of {len(chosen)}, {one.status(today)})\n\n{as_read(content, one)}\n")
        try:
            said = _answer(f"{name}: have you read this, and may patients read it? [y]es, [n]o, [q]uit")
        except typer.Abort:
            stop("nothing was signed: nobody answered", "say y to each text, or add --yes where it was read elsewhere")
            raise typer.Exit(PROBLEMS) from None
        if said == "q":
            break
        found += [one] if said == "y" else []
    return found


def _answer(asked: str) -> str:
    """One of y, n and q; whatever else is typed is asked again."""
    while True:
        said = str(typer.prompt(asked)).strip().lower()[:1]
        if said in ("y", "n", "q"):
            return said


def as_read(content: Content, one: Signable) -> str:
    """The text of an answer, the guide, the gate or a rule, with the clinic's details filled in."""
    told = {"entry": _entry, "guide": _guide, "gate": _gate, "rule": _rule}[one.kind]
    return "\n".join(told(content, one.name))


def _entry(content: Content, name: str) -> Iterator[str]:
    entry: Entry = content.entries[name]
    yield entry.question
    yield ""
    yield fill(entry.answer, dict(values(content))).strip()
    yield from (f"[{link.text}] {link.url}" for link in entry.links)
    yield from (f"Source: {source}" for source in entry.sources)


def _guide(content: Content, _name: str) -> Iterator[str]:
    guide = content.guide
    assert guide is not None  # noqa: S101 - it is there to be signed
    told = plan(guide, values(content), content.titles)
    for question in guide.questions:
        kind = "danger signs" if question.kind == "safety" else "who to see"
        yield f"{told.names[question.id]}  {question.short} ({question.id}: {kind})"
        yield told.say(question.text)
        yield from (line for option in question.options for line in _option(told, option))
        yield ""
    for outcome in guide.outcomes:
        yield f"{told.names[outcome.id]}  {told.say(outcome.title)} ({outcome.id}: {outcome.tier})"
        yield told.say(outcome_text(guide, outcome))
        yield from (f"  [{told.titles.get(name, name)}]" for name in outcome.related)
        yield ""
    yield from _shared(guide)


def _option(told: Plan, option: Option) -> Iterator[str]:
    mark = f" ({marks(option)})" if marks(option) else ""
    yield f"  [{told.say(option.label)}]{mark} -> {told.names[option.to]} {option.to}"
    if option.says:
        yield f"      typed: {'; '.join(option.says)}"


def _shared(guide: Guide) -> Iterator[str]:
    says = guide.says
    for name, texts in (("yes", says.affirms), ("none of these", says.clear), ("not sure", says.unsure)):
        yield f'Typed at any question for "{name}": {"; ".join(texts)}'
    yield f"May stand anywhere in a typed answer: {'; '.join(says.fillers)}"
    yield f"Version {guide.version}, begins with `{guide.start}`"


def _rule(content: Content, name: str) -> Iterator[str]:
    urgent = _urgent(content)
    rule: Rule = next(rule for rule in urgent.rules if name == f"rule:{rule.id}")
    card = getattr(urgent.cards, rule.tier).replace("{say}", rule.say)
    yield f"{rule.title} ({rule.tier})"
    yield ""
    yield fill(card, dict(values(content))).strip()
    if rule.safety_net:
        yield f"Under the answer to a look-alike: {fill(rule.safety_net, dict(values(content)))}"
    yield ""
    yield "Fires on one of these lines:"
    yield from (f"  {line}" for line in rule.when)
    for concept in dict.fromkeys(part for line in rule.when for each in conditions(line) for part in each.named()):
        meant = urgent.concepts[concept]
        kept = "" if meant.remember else ", not remembered"
        yield f"  {concept} ({meant.kind}{kept}): {'; '.join(meant.says)}"
    yield from (f"Fires: {text}" for text in rule.fires_on)
    yield from (f"Does not fire: {text}" for text in rule.quiet_on)
    yield from (f"Source: {source}" for source in rule.sources)
    yield from (f"Note: {rule.note}" for _ in range(bool(rule.note)))


def _gate(content: Content, _name: str) -> Iterator[str]:
    told = _urgent(content).model_dump(mode="json", exclude={"concepts", "rules", "review"}, exclude_defaults=True)
    yield yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=NARROW).rstrip()


def _urgent(content: Content) -> Urgent:
    assert content.urgent is not None  # noqa: S101 - it is there to be signed
    return content.urgent
