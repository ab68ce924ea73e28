"""All gates of `faqbot check`, in one list."""

from collections.abc import Callable, Iterable, Iterator

from bot.checks.guide_proof import prove
from bot.checks.overlap import overlaps
from bot.checks.wording import readable
from bot.content.loading import Content
from bot.problems import Place, Problem
from bot.urgent import Gate, self_check

Check = Callable[[Content], Iterable[Problem]]


def check_content(content: Content) -> list[Problem]:
    """Every problem that the gates find in content that loads."""
    gates: tuple[Check, ...] = (_missing, _drafts, _placeholder, _guide, _urgent, overlaps, readable)
    return [problem for gate in gates for problem in gate(content)]


def _missing(content: Content) -> Iterator[Problem]:
    files = {
        "clinic.yaml": content.clinic,
        "messages.yaml": content.messages,
        "guide.yaml": content.guide,
        "urgent.yaml": content.urgent,
    }
    for name, found in files.items():
        if found is None:
            yield Problem(
                "warning", Place(name), "this file is missing", "`faqbot ask` works without it, `faqbot serve` does not"
            )


def _drafts(content: Content) -> Iterator[Problem]:
    drafts = [entry.id for entry in content.entries.values() if entry.medical and not entry.review.signed]
    if drafts:
        where = Place(f"{content.language}/entries")
        yield Problem(
            "warning",
            where,
            f"{len(drafts)} answers are drafts: no clinician has signed them",
            "each is marked as a draft when it is sent; have a clinician read and sign them",
        )
    if content.guide and not content.guide.review.signed:
        yield Problem(
            "warning", Place(f"{content.language}/guide.yaml"), "the guide is a draft", "have a clinician sign it"
        )
    rules = [rule.id for rule in content.urgent.rules if not rule.review.signed] if content.urgent else []
    if rules:
        where = Place(f"{content.language}/urgent.yaml")
        yield Problem("warning", where, f"{len(rules)} emergency rules are drafts", "have a clinician sign them")


def _placeholder(content: Content) -> Iterator[Problem]:
    if content.clinic and content.clinic.placeholder:
        yield Problem(
            "warning",
            Place("clinic.yaml"),
            "the clinic's details are placeholders",
            "fill them in and delete the last line",
        )


def _guide(content: Content) -> Iterable[Problem]:
    if content.guide is None:
        return ()
    return prove(content.guide, content.entries.keys(), f"{content.language}/guide.yaml")[0]


def _urgent(content: Content) -> Iterator[Problem]:
    if content.urgent is None:
        return
    where = Place(f"{content.language}/urgent.yaml")
    gate = Gate(content.urgent)
    for fault in self_check(gate, content.urgent):
        yield Problem("error", where, fault, "mend the rule or its example")
    for entry in content.entries.values():
        for text in entry.phrasings:
            rules = gate.check(text).rules
            if rules and entry.topic != "danger_signs":
                yield Problem(
                    "warning",
                    Place(f"entry {entry.id}"),
                    f"the wording {text!r} fires the emergency rule {rules[0]}",
                    "is it an emergency? Then take it out here; else mend the rule",
                )
