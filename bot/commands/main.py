"""`faqbot`: the command line put together, with exit codes 0 (fine), 1 (problems), 2 (usage), 3 (a fault of ours)."""

import sys

import typer

from bot.commands.ask import ask
from bot.commands.bench import bench
from bot.commands.build import build
from bot.commands.check import check
from bot.commands.doctor import doctor
from bot.commands.exits import FAULT, PROBLEMS, stop, tell
from bot.commands.inbox import inbox
from bot.commands.migrate import migrate
from bot.commands.schema import schema
from bot.commands.score import score
from bot.commands.serve import serve
from bot.commands.sign import sign
from bot.commands.workbench import workbench
from bot.problems import ContentError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A clinic's FAQ bot for Telegram: ask it, check its content, serve it.",
)
for command in (ask, build, check, schema, sign, serve, workbench, doctor, migrate, inbox, score, bench):
    app.command()(command)


@app.callback()
def main() -> None:
    """A clinic's FAQ bot for Telegram: ask it, check its content, serve it."""


def run() -> None:
    """Run a command; a fault of ours ends in one plain sentence and exit code 3."""
    try:
        app()
    except ContentError as error:
        tell(error.problems)
        sys.exit(PROBLEMS)
    except BrokenPipeError:
        sys.exit(FAULT)
    except Exception as error:
        stop(f"a fault of ours: {type(error).__name__} in {_where(error)}", "please report it with the command you ran")
        sys.exit(FAULT)


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "start"
