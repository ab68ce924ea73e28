"""Links and sources: pages of publishers that deserve trust, at their public address. Nothing is fetched."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from bot.checks.case import Case
from bot.checks.tables import table
from bot.content.base import Strict, Text
from bot.problems import Place, Problem, Severity

TRACKING = ("utm_", "fbclid", "gclid", "mc_eid")
OURS = "clinic_info"  # the clinic knows its own hours: no publisher does


class Publishers(Strict):
    """`publishers.yaml`: hosts with the reason to trust them, and copies with the address of what they copy."""

    trusted: dict[str, Text]
    mirrors: dict[str, Text]

    def trusts(self, host: str) -> bool:
        """Is the host, or the domain that it belongs to, on the list?"""
        parts = host.split(".")
        return any(".".join(parts[start:]) in self.trusted for start in range(len(parts)))


def links(case: Case) -> Iterator[Problem]:
    """Buttons that lead patients elsewhere: errors where the page is not a trusted one."""
    publishers = _publishers(case)
    for entry in case.content.entries.values():
        for number, link in enumerate(entry.links):
            where = case.sources.entry(entry.id, "links", number, "url")
            yield from _address(publishers, entry.id, link.url, where, "error")


def sources(case: Case) -> Iterator[Problem]:
    """What answers, guide and rules rest on."""
    publishers = _publishers(case)
    for entry in case.content.entries.values():
        for number, url in enumerate(entry.sources):
            where = case.sources.entry(entry.id, "sources", number)
            yield from _address(publishers, entry.id, url, where, "warning")
        if entry.medical and not entry.sources and entry.topic != OURS:
            message = f"`{entry.id}`: no source"
            hint = "add the address of the page that the facts come from, under `sources`"
            yield Problem("warning", case.sources.entry(entry.id), message, hint)
    for name, url, place in (*_of_the_rules(case), *_of_the_guide(case)):
        yield from _address(publishers, name, url, place, "warning")


def _of_the_rules(case: Case) -> Iterator[tuple[str, str, Place]]:
    """Every source of the emergency rules and of their phone numbers: of what, its address, and where it stands."""
    urgent = case.content.urgent
    if urgent is None:
        return
    for country, lines in urgent.lines.items():
        for number, url in enumerate(lines.sources):
            yield f"lines {country}", url, case.sources.file("urgent.yaml", "lines", country, "sources", number)
    for position, rule in enumerate(urgent.rules):
        for number, url in enumerate(rule.sources):
            yield rule.id, url, case.sources.file("urgent.yaml", "rules", position, "sources", number)


def _of_the_guide(case: Case) -> Iterator[tuple[str, str, Place]]:
    """Every source of the guide's questions and ends."""
    guide = case.content.guide
    if guide is None:
        return
    for part in ("questions", "outcomes"):
        for position, node in enumerate(getattr(guide, part)):
            for number, url in enumerate(node.sources):
                yield node.id, url, case.sources.file("guide.yaml", part, position, "sources", number)


def _publishers(case: Case) -> Publishers:
    found = table("publishers", Publishers)
    clinic = case.content.clinic
    if clinic is None or clinic.booking is None:
        return found
    own = (urlsplit(clinic.booking).hostname or "").removeprefix("www.")
    return found.model_copy(update={"trusted": {**found.trusted, own: "the clinic's own site"}})


def _address(publishers: Publishers, name: str, url: str, where: Place, severity: Severity) -> Iterator[Problem]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    copy = next((held for held in publishers.mirrors if f"{host}{parts.path}".startswith(held)), None)
    if copy:
        message = f"`{name}`: {copy} holds copies, not the page itself"
        yield Problem(severity, where, message, f"use {publishers.mirrors[copy]}")
    elif not publishers.trusts(host):
        message = f"`{name}`: {host} is not on the list of publishers that we trust"
        hint = "use a public health agency, a doctors' society or a teaching hospital, such as https://medlineplus.gov"
        yield Problem(severity, where, message, hint)
    if parts.username or parts.port:
        hint = "write the address as anybody can open it"
        yield Problem(severity, where, f"`{name}`: an address with a name or a port in it", hint)
    marks = [mark for mark, _ in parse_qsl(parts.query) if mark.startswith(TRACKING)]
    if marks:
        message = f"`{name}`: the address tells the page where the patient came from ({marks[0]})"
        yield Problem(severity, where, message, f"delete everything from `{marks[0]}` on")
