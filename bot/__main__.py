"""`python -m bot`: the same as `faqbot`, where the package is not installed but its requirements are."""

from bot.commands.main import run

run()
