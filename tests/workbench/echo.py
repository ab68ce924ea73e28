"""A tiny scripted bot on python-telegram-bot: says back what it hears, counts steps by editing one message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, Update
from telegram.constants import ChatAction
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from bot.workbench import LocalBotApi

COMMANDS = [BotCommand("start", "Begin"), BotCommand("guide", "Who should I see?"), BotCommand("topics", "Browse")]
WELCOME = "Welcome! Try /guide or see https://example.org/help."


def _keyboard(step: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Next", callback_data=f"step:{step + 1}"),
                InlineKeyboardButton("Thanks", callback_data="toast"),
            ],
            [
                InlineKeyboardButton("Important", callback_data="alert"),
                InlineKeyboardButton("Read more", url="https://example.org/more"),
            ],
        ]
    )


async def _said(update: Update, context: Any) -> None:
    message, chat = update.effective_message, update.effective_chat
    if message is None or chat is None:
        return
    if message.text == "/start":
        await chat.send_message(WELCOME, entities=[MessageEntity("bold", 0, 8)], reply_markup=_keyboard(0))
    elif message.text == "think":
        await chat.send_action(ChatAction.TYPING)
    elif message.text == "vanish":
        await (await chat.send_message("Soon gone")).delete()
    elif update.edited_message:
        await chat.send_message(f"You changed it to: {message.text}")
    else:
        await chat.send_message(f"You said: {message.text or 'nothing'}", reply_markup=_keyboard(0))


async def _tapped(update: Update, context: Any) -> None:
    query = update.callback_query
    if query is None or query.data is None:
        return
    if query.data == "toast":
        await query.answer("You are welcome")
    elif query.data == "alert":
        await query.answer("Read this", show_alert=True)
    else:
        await query.answer()
        step = int(query.data.partition(":")[2])
        await query.edit_message_text(f"Step {step}", reply_markup=_keyboard(step))


@asynccontextmanager
async def echo_bot(api: LocalBotApi) -> AsyncIterator[None]:
    """The bot, polling the local Bot API."""
    application = ApplicationBuilder().token(api.token).base_url(f"{api.base_url}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, _said))
    application.add_handler(CallbackQueryHandler(_tapped))
    assert application.updater is not None
    async with application:
        await application.bot.set_my_commands(COMMANDS)
        await application.bot.set_my_description("A bot for tests.")
        await application.start()
        await application.updater.start_polling()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()
