"""The only package that knows Telegram: reading updates, rendering, sending, polling, webhook, lifecycle."""
