"""`faqbot ask`: what would the bot do with these words?"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.building import build_decider, load_content, load_model
from bot.commands.environment import Engine, places
from bot.commands.exits import USAGE, stop
from bot.decision import Decider
from bot.session import Session


def ask(
    text: Annotated[
        list[str] | None, typer.Argument(help="A message. Without it: one message a line on standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
    session: Annotated[
        bool, typer.Option("--session", help='Read JSON lines {"chat": 1, "at": seconds, "text": "..."}.')
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="A: words and characters. B: the sentence model too.")
    ] = Engine.B,
) -> None:
    """Show the decision on a message: exactly the one that the Telegram bot takes."""
    at = places(faq)
    decider = build_decider(load_content(at.faq), at.cache, None if engine is Engine.A else load_model())
    results = _conversation(decider, _lines()) if session else _single(decider, [" ".join(text)] if text else _lines())
    for result in results:
        sys.stdout.write((json.dumps(result, ensure_ascii=False) if as_json else as_text(result)) + "\n")
        sys.stdout.flush()


def _lines() -> Iterator[str]:
    """Lines of standard input, separated by \\n alone: other line breaks belong to a message."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").removesuffix("\n")


def _single(decider: Decider, texts: Iterable[str]) -> Iterator[dict[str, Any]]:
    for text in texts:
        decision, _ = decider.decide(text, Session(), 0.0)
        yield decision.as_dict(decider.why(decision))


def _conversation(decider: Decider, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    chats: dict[str, Session] = {}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            chat, at, text = str(row["chat"]), float(row["at"]), str(row["text"])
        except (ValueError, KeyError, TypeError):
            stop(f"line {number} is not a message", 'write {"chat": 1, "at": 0, "text": "..."} on one line')
            raise typer.Exit(USAGE) from None
        decision, chats[chat] = decider.decide(text, chats.get(chat, Session()), at)
        yield decision.as_dict(decider.why(decision))


def as_text(result: dict[str, Any]) -> str:
    """A decision in a line, and its reasons in one line each."""
    head = f"{result['outcome']}" + (f": {result['entry']}" if result["entry"] else "")
    if result["tier"]:
        head += f"  [{result['tier']}: {', '.join(result['rules'])}]"
    lines = [f"{head}  (confidence {result['confidence']:.2f})"]
    if result["outcome"] == "suggest":
        lines.append("  did you mean: " + ", ".join(result["suggestions"]))
    lines += [f"  {reason}" for reason in result["why"]]
    return "\n".join(lines)
