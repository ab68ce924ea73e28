"""What this bot keeps of a person: what /privacy and /forget tell, and which buttons are offered."""

from typing import NamedTuple


class Kept(NamedTuple):
    """Both are off unless the operator named a place that lasts and a key."""

    inbox: bool = False  # questions that somebody asked us to pass on, for 30 days
    shared_sessions: bool = False  # marks of the last half hour, encrypted in the database


NOTHING = Kept()
