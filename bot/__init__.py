"""A Telegram bot that answers a physiatry clinic's patients from a reviewed FAQ, behind an emergency gate."""
