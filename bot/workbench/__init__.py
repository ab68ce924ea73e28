"""The bot in your browser: a local Bot API and a chat page, for trying and editing content without Telegram."""

from bot.workbench.app import BOARD, build
from bot.workbench.local import LocalBotApi

__all__ = ["BOARD", "LocalBotApi", "build"]
