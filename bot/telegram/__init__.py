"""The only package that knows Telegram: reading updates, rendering, sending, polling, webhook, lifecycle."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # else python-telegram-bot warns of each 429 instead of telling it
