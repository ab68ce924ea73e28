"""`faqbot sign`: a clinician's name under answers, the guide and the emergency rules, written into their files."""

import codecs
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.checks.content import check_content
from bot.commands.environment import places
from bot.commands.exits import PROBLEMS, USAGE, stop, tell
from bot.commands.reading import agreed
from bot.content.loading import Content, Loaded, load
from bot.content.signables import Signable, day, signables
from bot.content.signing import Path as Spot
from bot.content.signing import Unwritable, Values, with_reviews
from bot.content.sources import Sources
from bot.content.validate import nearest
from bot.content.writing import Changed, replace

GUIDE, GATE = "guide.yaml", "urgent.yaml"
Names = Annotated[list[str] | None, typer.Argument(help="Ids of answers, `guide`, `gate`, or `rule:` and a rule's id.")]


def sign(
    names: Names = None,
    by: Annotated[str, typer.Option("--by", help="The clinician who has read it, as it shall stand there.")] = "",
    group: Annotated[str, typer.Option("--group", help="All that waits of a group or file; `rules` for rules.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything that waits.")] = False,
    on: Annotated[str, typer.Option("--date", help="The day, as 2026-01-31; today if left out.")] = "",
    due: Annotated[str, typer.Option("--due", help="When to look again; a year later if left out.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Only tell what is signed, a draft, changed, or due.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: each text was read elsewhere.")] = False,
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
) -> None:
    """Show each text, ask, and record who has read it: name, day, and a hash. An edit makes it a draft again."""
    loaded = load(places(faq).faq)
    if loaded.content is None:
        tell(problem for problem in loaded.problems if problem.severity == "error")
        raise typer.Exit(PROBLEMS)
    today = date.today()
    chosen = _chosen(loaded.content, loaded.sources, names or [], group, everything or listed, today, listed)
    if listed:
        _list(chosen, today)
        return
    review = _review(by, on, due, today)
    _sound(chosen, loaded)
    if not chosen:
        typer.echo("nothing waits for a signature")
        return
    was = {file: Path(file).read_bytes() for file, _ in (_where(loaded.content, loaded.sources, one) for one in chosen)}
    _write(chosen if yes else agreed(chosen, loaded.content, name=str(review["by"]), today=today), loaded, review, was)


def _chosen(
    content: Content, sources: Sources, names: Sequence[str], group: str, everything: bool, today: date, listed: bool
) -> list[Signable]:
    """What was named; of a group, or of everything, what waits for a signature."""
    known = signables(content)
    if names:
        return [_named(name, known) for name in dict.fromkeys(names)]
    if group:
        files = {one.name: Path(_where(content, sources, one)[0]).stem for one in known}
        known = [one for one in known if group.lower() in (one.group.lower(), files[one.name].lower())]
        if not known:
            _usage(f"there is no group `{group}`", "use a heading of the topics menu, the name of a file, or `rules`")
    elif not everything:
        _usage("nothing was named", "name ids, or use --group NAME or --all; `faqbot sign --list` shows them")
    return known if listed else [one for one in known if one.status(today) != "signed"]


def _named(name: str, known: Iterable[Signable]) -> Signable:
    by_name = {one.name: one for one in known}
    found = by_name.get(name) or by_name.get(f"rule:{name}")
    if found is None:
        guess = nearest(name, by_name) or nearest(f"rule:{name}", by_name)
        meant = f"did you mean `{guess}`?" if guess else "see `faqbot sign --list`"
        _usage(f"there is nothing to sign called `{name}`", meant)
    return found


def _review(by: str, on: str, due: str, today: date) -> dict[str, str | None]:
    name = by.strip()
    if not name or not name.isprintable():
        _usage("who has read it?", 'add the name: --by "Dr. Jane Doe"')
    signed = day(on) if on else today
    if signed is None or signed > today:
        _usage(f"--date {on} is no day up to today", "write it as 2026-01-31")
    again = day(due) if due else _year_later(signed)
    if again is None or again <= signed:
        _usage(f"--due {due} is no day after {signed}", "write it as 2027-01-31")
    return {"by": name, "date": signed.isoformat(), "due": again.isoformat()}


def _sound(chosen: Sequence[Signable], loaded: Loaded) -> None:
    """Nobody signs what `faqbot check` finds wrong: the guide unproven, a rule that misses its example."""
    assert loaded.content is not None  # noqa: S101
    errors = [one for one in check_content(loaded.content, loaded.sources).problems if one.severity == "error"]
    spots = [_where(loaded.content, loaded.sources, one) for one in chosen]
    own = [(file, loaded.sources.lines(file, *spot)) for file, spot in spots]
    found = [one for one in errors if any(one.place.file == file and one.place.line in lines for file, lines in own)]
    if found:
        tell(found)
        stop("nothing was signed: there are errors in it", "mend them, then sign")
        raise typer.Exit(PROBLEMS)


def _write(chosen: Sequence[Signable], loaded: Loaded, review: Values, was: Mapping[str, bytes]) -> None:
    """`was`: the files as they were when they were read, which may be an hour ago."""
    assert loaded.content is not None  # noqa: S101
    files: dict[str, dict[Spot, Values]] = defaultdict(dict)
    for one in chosen:
        file, spot = _where(loaded.content, loaded.sources, one)
        files[file][spot] = {**review, "hash": one.fingerprint}
    try:
        texts = [(Path(file), was[file], _signed(file, was[file], spots)) for file, spots in files.items()]
        for path, old, new in texts:
            replace(path, old, new)
    except (Unwritable, Changed, OSError) as error:
        what = f"{error} was changed meanwhile" if isinstance(error, Changed) else str(error)
        stop(f"not signed: {what}", "run `faqbot sign --list` to see how things stand")
        raise typer.Exit(PROBLEMS) from None
    for one in chosen:
        typer.echo(f"{one.name}: signed by {review['by']}, {review['date']}, to be read again by {review['due']}")
    typer.echo(f"{len(chosen)} signed in {len(files)} files" if chosen else "nothing was signed")


def _signed(file: str, old: bytes, spots: dict[Spot, Values]) -> bytes:
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    text = old.removeprefix(mark).decode("utf-8")
    return mark + with_reviews(Path(file).as_posix(), text, spots).encode("utf-8")


def _where(content: Content, sources: Sources, one: Signable) -> tuple[str, Spot]:
    """The file of a text, and the mapping in it that holds its review."""
    if one.kind == "entry":
        file, position = sources.holder(one.name)
        return file, ("entries", position)
    if one.kind == "rule":
        rules = content.urgent.rules if content.urgent else ()
        return sources.path(GATE), ("rules", [f"rule:{rule.id}" for rule in rules].index(one.name))
    return sources.path(GUIDE if one.kind == "guide" else GATE), ()


def _list(chosen: Sequence[Signable], today: date) -> None:
    for one in chosen:
        status, review = one.status(today), one.review
        who = f"{review.by}, {review.date}, due {review.due}" if review.named else ""
        typer.echo(f"{status:8} {one.name:36} {who or one.title}")
    count = Counter(one.status(today) for one in chosen)
    typer.echo(", ".join(f"{count[status]} {status}" for status in ("signed", "draft", "changed", "due")))


def _year_later(signed: date) -> date:
    try:
        return signed.replace(year=signed.year + 1)
    except ValueError:  # 29 February
        return signed.replace(year=signed.year + 1, day=28)


def _usage(message: str, hint: str) -> NoReturn:
    stop(message, hint)
    raise typer.Exit(USAGE)
