"""Measuring: the FAQ's own test wordings against all content, an honest look at confidence, and plain baselines.

The way of a score: `questions` (wordings and whose they are) -> the bot's own decisions -> `judging` (right, helped,
wrong) -> `reliability` (is the confidence honest?), beside `baselines` on the same wordings. Nothing here is imported
by the bot that talks to patients.
"""
