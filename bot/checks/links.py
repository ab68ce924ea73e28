"""Links and sources: pages of publishers that deserve trust, at their public address. Nothing is fetched."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from bot.checks.case import Case
from bot.checks.tables import table
from bot.content.base import Strict, Text
from bot.content.entries import Entry
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
            yield from _address(publishers, entry, link.url, where, "error")


def sources(case: Case) -> Iterator[Problem]:
    """What answers, guide and rules rest on."""
    publishers = _publishers(case)
    for entry in case.content.entries.values():
        for number, url in enumerate(entry.sources):
            where = case.sources.entry(entry.id, "sources", number)
            yield from _address(publishers, entry, url, where, "warning")
        if entry.medical and not entry.sources and entry.topic != OURS:
            message = f"`{entry.id}`: no source"
            hint = "add the address of the page that the facts come from, under `sources`"
            yield Problem("warning", case.sources.entry(entry.id), message, hint)


def _publishers(case: Case) -> Publishers:
    found = table("publishers", Publishers)
    clinic = case.content.clinic
    if clinic is None or clinic.booking is None:
        return found
    own = (urlsplit(clinic.booking).hostname or "").removeprefix("www.")
    return found.model_copy(update={"trusted": {**found.trusted, own: "the clinic's own site"}})


def _address(publishers: Publishers, entry: Entry, url: str, where: Place, severity: Severity) -> Iterator[Problem]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    copy = next((name for name in publishers.mirrors if f"{host}{parts.path}".startswith(name)), None)
    if copy:
        message = f"`{entry.id}`: {copy} holds copies, not the page itself"
        yield Problem(severity, where, message, f"use {publishers.mirrors[copy]}")
    elif not publishers.trusts(host):
        message = f"`{entry.id}`: {host} is not on the list of publishers that we trust"
        hint = "use a public health agency, a doctors' society or a teaching hospital, such as https://medlineplus.gov"
        yield Problem(severity, where, message, hint)
    if parts.username or parts.port:
        hint = "write the address as anybody can open it"
        yield Problem(severity, where, f"`{entry.id}`: an address with a name or a port in it", hint)
    marks = [name for name, _ in parse_qsl(parts.query) if name.startswith(TRACKING)]
    if marks:
        message = f"`{entry.id}`: the address tells the page where the patient came from ({marks[0]})"
        yield Problem(severity, where, message, f"delete everything from `{marks[0]}` on")
