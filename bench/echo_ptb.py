"""A bare python-telegram-bot `run_webhook` bot that echoes, as its documentation builds one."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


api = os.environ["TELEGRAM_API_URL"]
builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
application = builder.base_url(f"{api}/bot").base_file_url(f"{api}/file/bot").build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_webhook(
    listen="127.0.0.1",
    port=int(os.environ["PORT"]),
    url_path="telegram",
    webhook_url=f"{os.environ['WEBHOOK_URL']}/telegram",
    secret_token=os.environ["WEBHOOK_SECRET"],
)
