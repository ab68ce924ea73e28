"""Token, webhook and clock, by asking Telegram."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, split
from bot.settings import Settings, SettingsError

PATH = "/telegram"
SECONDS = 8.0
SKEW = 30.0  # seconds by which the clock may be wrong
PENDING = 20  # waiting updates that are too many for a bot that runs
RECENT = 3600.0  # seconds for which an error of Telegram's is news


class Answer(NamedTuple):
    """What the Bot API said: `result`, or None and the error's number; `date` in seconds since 1970."""

    status: int
    result: Any
    date: float | None


async def look(settings: Settings, now: float) -> list[Finding]:
    """Findings about what Telegram knows. Never raises, and never tells an address: the token is in it."""
    try:
        token = settings.token
    except SettingsError as error:
        return [Finding("unset", "token", *split(str(error)))]
    base = f"{settings.telegram_api_url}/bot{token}"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
            me = await _call(session, f"{base}/getMe")
            if me.status in (401, 404):
                return [Finding("fail", "token", "Telegram does not know it", "copy it again from @BotFather")]
            if me.result is None:
                return [Finding("fail", "token", f"no answer of Telegram's ({me.status})", "try again in a minute")]
            webhook = await _call(session, f"{base}/getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        kind = type(error).__name__
        return [Finding("fail", "token", f"Telegram cannot be reached ({kind})", "look at network, proxy and firewall")]
    found = [Finding("ok", "token", f"@{me.result.get('username', '')}")]
    return [*found, *_webhook(webhook.result or {}, settings, now), *_clock(me.date, now)]


async def _call(session: aiohttp.ClientSession, url: str) -> Answer:
    async with session.get(url) as response:
        try:
            told = await response.json(content_type=None)
        except ValueError:
            told = {}
        result = told.get("result") if isinstance(told, dict) and told.get("ok") is True else None
        return Answer(response.status, result, _date(response.headers.get("Date", "")))


def _date(told: str) -> float | None:
    try:
        return parsedate_to_datetime(told).timestamp()
    except ValueError:
        return None


def _webhook(info: Mapping[str, Any], settings: Settings, now: float) -> list[Finding]:
    wanted = f"{settings.webhook_url}{PATH}" if settings.webhook_url else ""
    address, pending = str(info.get("url") or ""), int(info.get("pending_update_count") or 0)
    found = [_address(address, wanted)]
    if pending > PENDING:
        found.append(
            Finding("warn", "webhook", f"{pending} updates wait", "see that the bot runs, and its logs and /metrics")
        )
    else:
        found.append(Finding("ok", "webhook", f"{pending} updates wait"))
    ago = now - float(info.get("last_error_date") or 0)
    if info.get("last_error_message"):
        told = f"last error {_ago(ago)} ago: {str(info['last_error_message'])[:80]}"
        fix = "see docs/operating.md, alert FaqbotUpdatesWait"
        found.append(Finding("warn", "webhook", told, fix) if ago < RECENT else Finding("ok", "webhook", told))
    return found


def _address(address: str, wanted: str) -> Finding:
    if address == wanted:
        return Finding("ok", "webhook", f"set to {wanted}" if wanted else "none: long polling")
    if not address:
        return Finding("warn", "webhook", "not set yet", "start `faqbot serve`: it sets it")
    if not wanted:
        return Finding("warn", "webhook", "set, though WEBHOOK_URL is not", "`faqbot serve` will remove it and poll")
    host = urlsplit(address).hostname  # no more of it: others put their token into the path
    return Finding("warn", "webhook", f"set to {host}, not to {wanted}", "restart `faqbot serve`, or mend WEBHOOK_URL")


def _clock(date: float | None, now: float) -> list[Finding]:
    if date is None:
        return []
    skew = now - date
    if abs(skew) <= SKEW:
        return [Finding("ok", "clock", f"within {SKEW:.0f} seconds of Telegram's")]
    way = "ahead" if skew > 0 else "behind"
    return [Finding("fail", "clock", f"{abs(skew):.0f} seconds {way}", "set this machine's clock (NTP)")]


def _ago(seconds: float) -> str:
    return f"{seconds / 3600:.0f} hours" if seconds >= 2 * 3600 else f"{seconds / 60:.0f} minutes"
