"""Text in, ranked FAQ entries with an honest confidence out. Pure: no files, no clock, no network.

The way of a message: `text` (normal form) -> `spelling` -> `features` -> `space` (cosines to every phrasing)
-> `ridge` (scores of entries) -> `confidence` (probability that the best is right) -> `matcher` (all of it together).
"""
