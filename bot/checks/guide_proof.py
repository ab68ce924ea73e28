"""Proves that the guide is safe: every path ends, every danger sign leads to help, every screen can be read."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from bot.checks import guide_dangers, guide_shown, guide_tree, guide_typing
from bot.checks.guide_faults import Fault
from bot.content.guide import Guide
from bot.guide import paths, usual_length
from bot.problems import Place, Problem

FILE = "faq/en/guide.yaml"


class Proof(NamedTuple):
    """The size of the tree that was proven."""

    paths: int
    longest: int  # taps
    typical: int  # taps of the usual way to a clinician


def prove(guide: Guide, entry_ids: Collection[str], file: str = FILE) -> tuple[list[Problem], Proof]:
    """Every fault of the guide that can hurt or lose somebody, and the size of its tree."""
    checks: tuple[Callable[[Guide], Iterable[Fault]], ...] = (
        *(guide_tree.names, guide_tree.circles, guide_tree.unreached, guide_tree.lengths),
        *(guide_dangers.ways_out, guide_dangers.helped, guide_dangers.order, guide_typing.typed),
        *(guide_shown.labels, guide_shown.screens, guide_shown.outcomes, guide_shown.numbers),
    )
    faults = [fault for check in checks for fault in check(guide)]
    faults += guide_tree.references(guide, entry_ids)
    return [Problem("error", Place(file), message, hint) for message, hint in faults], _size(guide)


def _size(guide: Guide) -> Proof:
    lengths = [len(path) for path, _ in paths(guide)]
    return Proof(len(lengths), max(lengths, default=0), usual_length(guide))
