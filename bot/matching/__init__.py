"""Text in, ranked FAQ entries with an honest confidence out. No clock, no network; files only for model and cache.

The way of a message: `matcher` asks `index` (`text`, `spelling`, `features`, `space`: its likeness to every wording),
and `model` where engine A is unsure; `learning` (`ridge`, `confidence`) made the weights that turn likeness into scores
and a probability; `decide` takes the zone. `engines` builds it all and remembers what was learned.
"""
