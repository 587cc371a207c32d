"""Every way in for a proposal that is out, for programs and for people."""

from __future__ import annotations

from dashboard.cli.mix_document import projects_document, unit_name, units, worth
from dashboard.cli.output import Document, bullets, heading, page, paragraph, plain_number
from dashboard.services.why_not import RANKED, headline, helpless, undecided, way, ways
from optimizer import Lever, Route, WhyNot
from portfolio.pool import Pool
from portfolio.scenario import Scenario


def routes_document(pool: Pool, scenario: Scenario, found: WhyNot) -> dict[str, object]:
    """The routes, the cheapest first, and what does not help alone."""
    return {
        "tied": found.tied,
        "routes": [
            _route(pool, scenario, found, route, rank)
            for rank, route in enumerate(found.routes, start=1)
        ],
        "cheapest": list(range(1, len(found.cheapest) + 1)),
        "helpless": [_lever(lever) for lever in found.helpless],
        "undecided": [_lever(lever) for lever in found.undecided],
    }


def _route(pool: Pool, scenario: Scenario, found: WhyNot, route: Route, rank: int) -> Document:
    money = route.unit == "cents"
    number = units if money else plain_number
    said = way(pool, scenario, found.project, route, str)
    return {
        "rank": rank,
        **_lever(Lever(route.kind, route.of)),
        "change": number(route.change),
        "unit": (pool.cluster.currency or "money") if money else route.unit,
        "now": number(route.now),
        "then": number(route.then),
        "relative": None if route.relative is None else float(route.relative),
        "exact": route.exact,
        "proven": True,
        "sentence": said.bold,
        "follows": said.follows,
        "enters": projects_document(pool, route.enters),
        "leaves": projects_document(pool, route.leaves),
        "others_lose": worth(route.others_lose),
        "others_lose_unit": unit_name(pool, scenario),
    }


def _lever(lever: Lever) -> dict[str, object]:
    return {
        "kind": lever.kind,
        "source": lever.of if lever.kind == "source" else None,
        "rule": lever.of if lever.kind == "rule" else None,
    }


def routes_text(pool: Pool, scenario: Scenario, found: WhyNot) -> str:
    """The three cheapest ways in, then the others, then what alone does not help."""
    said = [
        " ".join(part for part in (each.bold, f"({each.size})" if each.size else "") if part)
        + f" {each.follows} {each.sure}"
        for each in ways(pool, scenario, found, str)
    ]
    cheapest, others = said[: len(found.cheapest)], said[len(found.cheapest) :]
    parts = [heading("Every way in"), paragraph(headline(pool, found, str))]
    if cheapest:
        parts += [paragraph(f"The cheapest. {RANKED}"), bullets(cheapest)]
    if others:
        parts += [paragraph("The others:"), bullets(others)]
    for lead, entries in (
        ("What alone does not help, however far it goes:", helpless(pool, scenario, found, str)),
        ("Not settled in time:", undecided(pool, scenario, found, str)),
    ):
        if entries:
            parts += [paragraph(lead), bullets(entries)]
    return page(*parts)
