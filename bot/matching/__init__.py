"""Text in, ranked FAQ entries with an honest confidence out. No clock, no network; files only for model and cache.

The way of a message: `matcher` asks `index` (`text`, `spelling`, `features`, `space`, `likeness`) how like it is
to each wording, and `model` where engine A is unsure; `reading` makes scores of it (`neighbourhood`) and evidence
(`coverage`); `confidence`, fitted by `calibration`, makes a probability of that; `decide` takes the zone. `engines`
builds it all. What takes longest is done by `bot.kernel` where that is compiled, else by the numpy beside it.
"""
