"""`faqbot doctor`: is everything set up right? One line each, with the remedy; secrets are never printed."""

import asyncio
import json
import os
import time
from collections.abc import Sequence, Set
from typing import Annotated

import typer

from bot.commands.building import cache_folder
from bot.commands.storing import address_for
from bot.content.places import find_faq
from bot.doctor import content, database, engine, telegram
from bot.doctor.finding import Finding, exit_code, split
from bot.settings import Settings, SettingsError, read_settings
from bot.watch.logs import HIDDEN, secrets_of

HANGS_ON = {
    "TELEGRAM_API_URL": ("token", "webhook", "clock"),
    "WEBHOOK_URL": ("webhook",),
    "WEBHOOK_SECRET": ("webhook",),
    "DATABASE_URL": ("database", "storage", "inbox"),
    "DATA_KEY": ("storage", "inbox"),
}
"""What cannot be told while a setting is wrong."""


def doctor(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a finding.")] = False) -> None:
    """Look at token, webhook, clock, content, engine, database and storage: exit code 0, 1 or 2 (a setting)."""
    wrong: list[Finding] = []
    names: set[str] = set()
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        wrong = [Finding("unset", "settings", *split(line)) for line in str(error).splitlines()]
        names = {finding.what.partition(":")[0] for finding in wrong}
        settings = _without(names)
    looked = [_redacted(finding, secrets_of(settings)) for finding in asyncio.run(_look(settings))]
    unknown = {about for name in names for about in HANGS_ON.get(name, ())}
    findings = wrong + [finding for finding in looked if finding.about not in unknown]
    for finding in findings:
        typer.echo(json.dumps(finding.as_dict(), ensure_ascii=False) if as_json else finding.as_text())
    raise typer.Exit(exit_code(findings))


def _without(names: Set[str]) -> Settings:
    """The settings but for those that are wrong, so that the rest can be looked at."""
    dropped = names | {"WEBHOOK_URL"} if "WEBHOOK_SECRET" in names else names
    return read_settings({name: value for name, value in os.environ.items() if name not in dropped})


def _redacted(finding: Finding, secrets: Sequence[str]) -> Finding:
    """Telegram tells what others have set, and others put tokens into addresses."""
    what = finding.what
    for secret in secrets:
        what = what.replace(secret, HIDDEN)
    return finding._replace(what=what)


async def _look(settings: Settings) -> list[Finding]:
    cache = cache_folder(settings.cache_dir)
    asked = await telegram.look(settings, time.time())
    kept = await database.look(settings, address_for(settings))
    read = content.look(find_faq(settings.faq_dir), settings.require_review)
    admins = len(settings.admin_ids)
    none = Finding("note", "admins", "none: /stats, /reload and /why answer nobody", "set ADMIN_IDS")
    who = Finding("ok", "admins", f"{admins}") if admins else none
    return [*asked, *read, *engine.look(cache, settings.engine), *kept, who]
