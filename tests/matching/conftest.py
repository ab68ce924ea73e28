"""What the tests of matching share: engine A over a handful of entries, learned once."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from tests.support.entries import ENTRIES, matcher_of


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """Engine A over the handful. Nothing in it changes."""
    return matcher_of(*ENTRIES)
