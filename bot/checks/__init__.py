"""What `faqbot check` looks at: one gate a file."""

from bot.checks.content import check_content, check_loaded

__all__ = ["check_content", "check_loaded"]
