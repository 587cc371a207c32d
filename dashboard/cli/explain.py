"""`clusterfolio explain`: why a project is in the mix or not, and what would change that."""

from __future__ import annotations

import argparse
import threading
from dataclasses import replace
from typing import Any

from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import (
    pool_document,
    projects_document,
    remarks_document,
    selection_document,
    unit_name,
    units,
    worth,
)
from dashboard.cli.mix_report import answer, mix_report, title
from dashboard.cli.output import Output, bullets, heading, page, paragraph
from dashboard.cli.prices_report import prices_document, prices_text
from dashboard.cli.progress import progress_line
from dashboard.cli.recommend import recommend_document
from dashboard.cli.routes_report import routes_document, routes_text
from dashboard.cli.solving import solve
from dashboard.services.chosen import clause, start_label
from dashboard.services.eligible import HEADLINE, not_eligible
from dashboard.services.mix import Answered, progress_words
from dashboard.services.why import why
from data.scenario_values import nearest
from optimizer import Explanation, explain_project, purchases, rule_prices, why_not
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules
from portfolio.scoring.profile import profile
from portfolio.selection import Choice

NEXT = 100_000_00
"""Cents that are looked at as the next money."""
ROUTES_PATIENCE = 120.0
"""Seconds for all ways in together, unless the limit is named."""


def run(args: argparse.Namespace, out: Output) -> int:
    """Explain one project, or what rules and money are worth; 1 when there is no mix to explain."""
    checks = Checks(args)
    amount = checks.money("amount", "--amount")
    asked = ask(args, checks)
    checks = Checks(args)
    if amount is not None and not amount:
        checks.add("--amount", args.amount, "Write an amount above zero.")
    _check_project(args, asked.pool, checks)
    checks.done()
    solved = solve(asked)
    answered = solved.answered
    if not answered.selection.status.has_mix:
        out.answer(recommend_document(asked, solved), mix_report(asked, solved))
        return 1
    document: dict[str, Any] = {}
    texts = [
        title(asked.pool, asked.scenario),
        "\n".join(paragraph(line) for line in answer(answered)),
    ]
    with stopping() as stop:
        if args.project is not None:
            _project(args, asked, answered, stop, document, texts)
        if args.prices:
            _prices(asked, answered, NEXT if amount is None else amount, stop, document, texts)
    document |= {
        "mix": selection_document(asked.pool, asked.scenario, answered.selection),
        **pool_document(asked),
        **remarks_document(asked),
    }
    out.answer(document, page(*texts))
    return 0


def _project(
    args: argparse.Namespace,
    asked: Asked,
    answered: Answered,
    stop: threading.Event,
    document: dict[str, Any],
    texts: list[str],
) -> None:
    """Why one project is in or out, and with --why-not every way in."""
    pool, scenario = asked.pool, asked.scenario
    with progress_line(progress_words(pool, scenario)) as listen:
        found = explain_project(
            pool,
            scenario,
            answered.selection,
            args.project,
            asked.options,
            money=not args.why_not,
            progress=listen,
            cancel=stop,
        )
        document |= _document(asked, answered, found)
        texts.append(_text(asked, answered, found))
        if args.why_not:
            longer = replace(asked.options, time_limit=ROUTES_PATIENCE)
            told = why_not(
                pool,
                scenario,
                answered.selection,
                args.project,
                asked.options if args.time_limit else longer,
                progress=listen,
                cancel=stop,
            )
            document |= routes_document(pool, scenario, told)
            texts.append(routes_text(pool, scenario, told))


def _prices(
    asked: Asked,
    answered: Answered,
    amount: int,
    stop: threading.Event,
    document: dict[str, Any],
    texts: list[str],
) -> None:
    """What each rule costs, and what the next money buys."""
    pool, scenario, mix = asked.pool, asked.scenario, answered.selection
    with progress_line(progress_words(pool, scenario)) as listen:
        prices = rule_prices(pool, scenario, mix, asked.options, progress=listen, cancel=stop)
        bought = purchases(pool, scenario, mix, amount, asked.options, progress=listen, cancel=stop)
    document |= prices_document(pool, scenario, prices, bought)
    texts.append(prices_text(pool, scenario, prices, bought))


def _check_project(args: argparse.Namespace, pool: Pool, checks: Checks) -> None:
    project_id: str | None = args.project
    if project_id is None:
        if not args.prices:
            remedy = "Name a proposal by its id, or ask for --prices."
            checks.add("--project", "", remedy)
        elif args.why_not:
            checks.add("--why-not", "", "Name the proposal with --project.")
        return
    ids = [project.id for project in pool.candidates]
    if project_id in ids:
        return
    if project_id in [project.id for project in pool.incomplete]:
        remedy = "Its cost is not known, so no mix can hold it. Add its cost first."
    elif project_id in [project.id for project in pool.projects]:
        remedy = f"It is {pool.project(project_id).status}; a mix is chosen from proposals."
    else:
        remedy = f"No proposal has this id.{nearest(project_id, ids)}"
    checks.add("--project", project_id, remedy)


def _sentences(asked: Asked, found: Explanation) -> tuple[str, str, str, tuple[str, ...]]:
    words = why(asked.pool, asked.scenario, found, lambda name: name)
    return words.bold, words.sentence, words.lead, words.ways


def _document(asked: Asked, answered: Answered, found: Explanation) -> dict[str, Any]:
    pool = asked.pool
    bold, swap, lead, ways = _sentences(asked, found)
    choice = _choice(answered, found.project)
    return {
        "project": {
            "id": found.project,
            "name": pool.project(found.project).name,
            "version": None if choice is None else choice.version,
            "start": None if choice is None else start_label(pool, choice),
        },
        "inside": found.inside,
        "cost": worth(found.cost),
        "unit": unit_name(pool, asked.scenario),
        "enters": projects_document(pool, found.enters),
        "leaves": projects_document(pool, found.leaves),
        "clash": _clash(asked.scenario, pool, found),
        "barriers": [
            {"rule": told.rule, "sentence": told.sentence, "why": told.why, "change": told.change}
            for told in not_eligible(pool, asked.scenario, pool.project(found.project))
        ],
        "payoff_needed": units(found.payoff_needed),
        "chance_needed": found.chance_needed,
        "more_money": units(found.more_money),
        "sentences": [text for text in (bold, swap) if text],
        "ways": [f"{lead} {way}." for way in ways],
        "profile": _profile(asked, found),
    }


def _choice(answered: Answered, project_id: str) -> Choice | None:
    """How a project stands in the mix; None where it is out."""
    return next((c for c in answered.selection.chosen if c.project == project_id), None)


def _clash(scenario: Scenario, pool: Pool, found: Explanation) -> list[dict[str, str]]:
    rules = {rule.id: rule for rule in all_rules(scenario)}
    return [{"id": i, "sentence": sentence(rules[i], pool, scenario)} for i in found.clash]


def _profile(asked: Asked, found: Explanation) -> dict[str, Any]:
    parts = profile(asked.pool, asked.pool.project(found.project), asked.scenario)
    return {
        "quadrant": None if parts.quadrant is None else parts.quadrant.value,
        **{
            aspect.name: {
                "sentence": aspect.sentence,
                "figures": {
                    figure.label: {"value": figure.value, "unit": figure.unit}
                    for figure in aspect.figures
                },
            }
            for aspect in parts.aspects
        },
    }


def _text(asked: Asked, answered: Answered, found: Explanation) -> str:
    pool, project = asked.pool, asked.pool.project(found.project)
    bold, swap, lead, ways = _sentences(asked, found)
    choice = _choice(answered, found.project)
    how = "" if choice is None else clause(pool, choice)
    place = ", ".join(filter(None, ("in the mix" if found.inside else "not in the mix", how)))
    sentences = [entry["sentence"] for entry in _clash(asked.scenario, pool, found)]
    clash = page(paragraph("What stands against it:"), bullets(sentences)) if sentences else ""
    against = not_eligible(pool, asked.scenario, project)
    parts = profile(pool, project, asked.scenario)
    return page(
        heading(f"{project.name} ({project.id}): {place}"),
        paragraph(f"{bold} {swap}"),
        clash,
        page(paragraph(HEADLINE), bullets([told.line for told in against])) if against else "",
        page(paragraph(f"{lead}:"), bullets([f"{way}," for way in ways[:-1]] + [f"{ways[-1]}."]))
        if ways
        else "",
        page(heading("What is known of it"), bullets([a.sentence for a in parts.aspects])),
    )
