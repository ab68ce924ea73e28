"""The emergency gate. Pure: text and rules in, a verdict out; it reads no clock and keeps nothing."""

from bot.urgent.cards import card, failsafe, reminder, shows_card
from bot.urgent.gate import Gate, Verdict
from bot.urgent.selfcheck import missed_examples, self_check

__all__ = ["Gate", "Verdict", "card", "failsafe", "missed_examples", "reminder", "self_check", "shows_card"]
