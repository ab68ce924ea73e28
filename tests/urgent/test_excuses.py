"""No excuse of a rule can be lost unseen: each has a text that would fire without it."""

from __future__ import annotations

import pytest

from bot.content.urgent import Urgent
from bot.urgent import Gate
from tests.urgent.conftest import EXCUSES
from tests.urgent.excusing import FILE, Excuses, Guard, Kind, guards, written
from tests.urgent.witnesses import witnesses

GUARDS = {Guard(*guard): text for *guard, text in EXCUSES["guards"]}
KINDS = {Kind(*kind): text for *kind, text in EXCUSES["kinds"]}


def test_every_without_has_a_text(urgent: Urgent) -> None:
    """And no text is left of one that is gone."""
    assert sorted(set(guards(urgent))) == sorted(GUARDS)


def test_a_without_keeps_its_rule_silent_and_nothing_else_does(urgent: Urgent, gate: Gate) -> None:
    """On its text the rule is silent, and fires as soon as that one concept no longer excuses."""
    excuses = Excuses(urgent, gate)
    assert [guard for guard, text in GUARDS.items() if not excuses.guarded(guard, text)] == []


@pytest.mark.parametrize("lowering", sorted({kind.lowering for kind in KINDS}))
def test_what_lowers_a_concept_keeps_a_rule_silent_and_nothing_else_does(
    lowering: str, urgent: Urgent, gate: Gate
) -> None:
    """On its text the rule is silent, and fires as soon as the concept is no longer lowered so."""
    excuses = Excuses(urgent, gate)
    told = {kind: text for kind, text in KINDS.items() if kind.lowering == lowering}
    assert [kind for kind, text in told.items() if not excuses.lowers(kind, text)] == []


def test_texts_that_still_prove_their_excuse_stay(urgent: Urgent, gate: Gate) -> None:
    """Written anew the file is the same, but for a text that proves nothing: another takes its place."""
    excuses, met = Excuses(urgent, gate), witnesses().met
    guard, kind = next(iter(GUARDS)), next(kind for kind in KINDS if kind.lowering == "past")
    found_guards = excuses.of_guards(met, GUARDS | {guard: "a sunny day"})
    found_kinds = excuses.of_kinds(met, KINDS | {kind: "a sunny day"})
    again = (
        found_guards | {guard: GUARDS[guard]},
        {
            (kind if one[:2] == kind[:2] else one): (KINDS[kind] if one[:2] == kind[:2] else text)
            for one, text in found_kinds.items()
        },
    )
    assert FILE.read_text(encoding="utf-8") == written(*again)
    assert excuses.guarded(guard, found_guards[guard] or "")


def test_what_the_rules_no_longer_have_goes(urgent: Urgent, gate: Gate) -> None:
    """A concept, a rule or a way of lowering that is gone has no text."""
    kept = next(iter(KINDS))
    gone = {kept._replace(concept="gone"): "x", kept._replace(rule="gone"): "x", kept._replace(lowering="gone"): "x"}
    assert Excuses(urgent, gate).of_kinds({}, gone | {kept: KINDS[kept]}) == {kept: KINDS[kept]}
