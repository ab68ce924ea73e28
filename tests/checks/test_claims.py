"""What no answer may say: each forbidden claim is found, and what may be said in its place is not."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.checks.claims import Claims, claims, made_in
from bot.checks.tables import table
from tests.support.cases import a_case, an_entry, told

FORBIDDEN = [
    "Back surgery fails in 40% of people.",
    "In 4 out of 10 people the operation does not help.",
    "Fibrin seals the tear and is proven to work.",
    "Your next step could be fibrin.",
    "PRP is FDA-approved for knees.",
    "The FDA has approved stem cell shots for backs.",
    "Stem cells can regrow the disc.",
    "All physiatrists are board certified.",
    "A physical therapist cannot order scans.",
    "Call 1-800-273-8255.",
    "Surgery comes after you have exhausted all other care.",
    "With new weakness you can wait and see.",
    "The MRI always shows the cause.",
    "Epidural shots are completely safe.",
    "There are no side effects.",
    "We guarantee that you will walk.",
    "This will cure your pain.",
    "Your pacemaker is MRI safe.",
    "Take 400 mg twice a day.",
    "Stop taking your blood thinner before the shot.",
    "You probably have a pinched nerve.",
    "It's probably fine. Don't worry.",
    "Appeals win in 82% of cases.",
    "An MRI costs $500.",
    "80% of people have back pain.",
]
ALLOWED = [
    "After back surgery, about 1 to 4 in 10 still have pain, depending on the operation.",
    "Fibrin is a protein. In the best review it worked no better than salt water.",
    "No stem cell product is approved by the FDA for back, disc, or joint pain.",
    "Ask: Is this FDA approved for my problem?",
    "Be careful with ads that promise new cartilage: stem cells are not proven to regrow anything.",
    "Many physiatrists are board certified.",
    "In most states, therapists do not order scans.",
    "Weakness that gets worse does not wait: get seen today.",
    "What a scan shows is not always what hurts.",
    "The shot is mostly safe. Rare risks are a bleed or an infection.",
    "There is no cure, but a lot can help.",
    "Ask the MRI staff whether your pacemaker is safe.",
    "Do not stop your blood thinner on your own. Ask the doctor who gave it to you.",
    "Go today if you have a fever.",
    "Ask first about the pool if you have an open wound.",
    "You have a right to appeal.",
    "If the bill is $400 or more above it, you can dispute it.",
    "Medicare pays 80% of the price.",
    "Give it 6 weeks.",
]


@pytest.fixture(scope="module")
def list_of_claims() -> Claims:
    """The list that ships."""
    return table("claims", Claims)


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_forbidden_claim_is_an_error(text: str) -> None:
    """With its reason, and what to write."""
    problems = list(claims(a_case(an_entry(answer=text))))
    assert ["error"] * len(problems) == [problem.severity for problem in problems]
    assert problems
    assert all(problem.hint.startswith("write ") for problem in problems)


@pytest.mark.parametrize("text", ALLOWED)
def test_the_honest_form_of_a_claim_is_fine(text: str) -> None:
    """Numbers with their range, risks, denials, questions."""
    assert [] == told(claims, a_case(an_entry(answer=text)))


def test_every_claim_of_the_list_is_found_by_an_example(list_of_claims: Claims) -> None:
    """A pattern that no example needs may be broken without anybody noticing."""
    found = {made.claim.reason for text in FORBIDDEN for made in made_in(text, list_of_claims.claims)}
    assert [] == [claim.reason for claim in list_of_claims.claims if claim.reason not in found]


def test_a_claim_is_found_across_a_wrapped_line() -> None:
    """Lines are wrapped by hand, and a claim does not end with one."""
    assert 1 == len(told(claims, a_case(an_entry(answer="Epidural shots are\ncompletely safe."))))


def test_a_denial_covers_its_own_sentence_only() -> None:
    """ "Not" in one sentence says nothing of the next."""
    answer = "It does not hurt. Stem cells can regrow the disc."
    assert 1 == len(told(claims, a_case(an_entry(answer=answer))))
