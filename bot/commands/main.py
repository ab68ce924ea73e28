"""`faqbot`: the command line put together, with exit codes 0 (fine), 1 (problems), 2 (usage), 3 (a fault of ours)."""

import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from bot.commands.exits import FAULT, OK, PROBLEMS, stop, tell
from bot.commands.sparing import spared
from bot.problems import ContentError
from bot.watch.memory import keep_little, load_undisturbed

if TYPE_CHECKING:
    import typer

COMMANDS = (
    *("ask", "build", "check", "schema", "guide", "sign", "serve"),
    *("workbench", "doctor", "migrate", "inbox", "score", "bench"),
)
"""In the order of the help. Each is a function in the module of its name."""
HELP = "A clinic's FAQ bot for Telegram: ask it, check its content, serve it."


def assembled(names: Iterable[str] = COMMANDS) -> "typer.Typer":
    """The command line with these commands: what is not asked for costs no time and no memory."""
    import typer

    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)
    app.callback(help=HELP)(_nothing_yet)
    for name in names:
        app.command(name)(getattr(import_module(f"bot.commands.{name}"), name))
    return app


def run() -> None:
    """Run a command; a fault of ours ends in one plain sentence and exit code 3."""
    asked = sys.argv[1:]
    try:
        if asked == ["serve"]:
            _serve()
        else:
            assembled(asked[:1] if asked and asked[0] in COMMANDS else COMMANDS)()
    except ContentError as error:
        tell(error.problems)
        sys.exit(PROBLEMS)
    except BrokenPipeError:
        sys.exit(FAULT)
    except Exception as error:
        stop(f"a fault of ours: {type(error).__name__} in {_where(error)}", "please report it with the command you ran")
        sys.exit(FAULT)


def _serve() -> None:
    """The one command that stays for months: without options, so without what reads them."""
    _leave_when_told()
    keep_little()
    load_undisturbed()
    with spared():
        import structlog

        from bot.commands.serve import serve
    structlog.configure(cache_logger_on_first_use=True)  # logs are set up once in the life of this process
    serve()


def _nothing_yet() -> None:
    """What all commands share."""


def _leave_when_told() -> None:
    """A platform may stop a process that is still loading: nothing is in flight, so it goes at once, and with 0."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(OK))


def __getattr__(name: str) -> "typer.Typer":
    if name == "app":
        return assembled()
    raise AttributeError(name)


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "start"
