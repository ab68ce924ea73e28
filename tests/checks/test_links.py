"""Links and sources: publishers that deserve trust, at their public address."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.checks.links import Publishers, links, sources
from bot.checks.tables import table
from tests.support.cases import PAGE, a_case, an_entry, told


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://sellsdiscs.example/p", "sellsdiscs.example is not on the list of publishers that we trust"),
        ("https://notmedlineplus.gov/x", "notmedlineplus.gov is not on the list of publishers that we trust"),
        ("https://dev.aapmr.org/about", "dev.aapmr.org holds copies, not the page itself"),
        ("https://www.nlm.nih.gov/medlineplus/x.html", "www.nlm.nih.gov/medlineplus holds copies, not the page itself"),
        ("https://medlineplus.gov:8443/x", "an address with a name or a port in it"),
        ("https://me@medlineplus.gov/x", "an address with a name or a port in it"),
        (f"{PAGE}?utm_source=bot", "the address tells the page where the patient came from (utm_source)"),
    ],
)
def test_a_page_that_deserves_no_trust_is_told(url: str, message: str) -> None:
    """An error for a button that patients tap, a warning for a source."""
    linked = list(links(a_case(an_entry(links=[{"text": "Page", "url": url}]))))
    cited = list(sources(a_case(an_entry(sources=[url]))))
    assert [("error", f"`back_pain`: {message}")] == [(one.severity, one.message) for one in linked]
    assert [("warning", f"`back_pain`: {message}")] == [(one.severity, one.message) for one in cited]


@pytest.mark.parametrize("url", [PAGE, "https://pmc.ncbi.nlm.nih.gov/articles/PMC1", "https://portal.clinic.example/x"])
def test_a_publisher_covers_its_subdomains(url: str) -> None:
    """And the clinic's own site is always allowed."""
    assert [] == told(links, a_case(an_entry(links=[{"text": "Page", "url": url}])))


def test_a_medical_answer_has_a_source() -> None:
    """Where its facts come from."""
    assert ["`back_pain`: no source"] == told(sources, a_case(an_entry(sources=[])))


@pytest.mark.parametrize("identifier", ["chat.hello", "not_ours.teeth", "clinic_info.parking"])
def test_small_talk_and_the_clinic_itself_need_no_source(identifier: str) -> None:
    """No publisher knows where the clinic's patients park."""
    assert [] == told(sources, a_case(an_entry(identifier, sources=[])))


def test_every_publisher_has_its_reason() -> None:
    """In the list that ships."""
    assert [] == [host for host, reason in table("publishers", Publishers).trusted.items() if len(reason) < 6]
