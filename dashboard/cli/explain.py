"""`clusterfolio explain`: why a project is in the mix or not, and what would change that."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import (
    pool_document,
    projects_document,
    remarks_document,
    selection_document,
    units,
    worth,
)
from dashboard.cli.mix_report import answer, mix_report, title
from dashboard.cli.output import Output, bullets, heading, page, paragraph
from dashboard.cli.progress import progress_line
from dashboard.cli.recommend import recommend_document
from dashboard.cli.routes_report import routes_document, routes_text
from dashboard.cli.solving import solve
from dashboard.services.mix import Answered, progress_words
from dashboard.services.why import why
from data.scenario_values import nearest
from optimizer import Explanation, explain_project, why_not
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules
from portfolio.scoring.profile import profile

ROUTES_PATIENCE = 120.0
"""Seconds for all ways in together, unless the limit is named."""


def run(args: argparse.Namespace, out: Output) -> int:
    """Explain one project; 1 when no mix was found to explain it by."""
    asked = ask(args, Checks(args))
    checks = Checks(args)
    _check_project(args.project, asked.pool, checks)
    checks.done()
    solved = solve(asked)
    answered = solved.answered
    if not answered.selection.status.has_mix:
        out.answer(recommend_document(asked, solved), mix_report(asked, solved))
        return 1
    say = progress_words(asked.pool, asked.scenario)
    with stopping() as stop, progress_line(say) as listen:
        found = explain_project(
            asked.pool,
            asked.scenario,
            answered.selection,
            args.project,
            asked.options,
            money=not args.why_not,
            progress=listen,
            cancel=stop,
        )
        told = None
        if args.why_not:
            longer = max(asked.options.time_limit, ROUTES_PATIENCE)
            told = why_not(
                asked.pool,
                asked.scenario,
                answered.selection,
                args.project,
                asked.options if args.time_limit else replace(asked.options, time_limit=longer),
                progress=listen,
                cancel=stop,
            )
    document, text = _document(asked, answered, found), _text(asked, answered, found)
    if told is not None:
        document |= routes_document(asked.pool, asked.scenario, told)
        text = page(text, routes_text(asked.pool, asked.scenario, told))
    out.answer(document, text)
    return 0


def _check_project(project_id: str, pool: Pool, checks: Checks) -> None:
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
    answer_document = selection_document(pool, asked.scenario, answered.selection)
    return {
        "project": {"id": found.project, "name": pool.project(found.project).name},
        "inside": found.inside,
        "cost": worth(found.cost),
        "unit": answer_document["unit"],
        "enters": projects_document(pool, found.enters),
        "leaves": projects_document(pool, found.leaves),
        "clash": _clash(asked.scenario, pool, found),
        "payoff_needed": units(found.payoff_needed),
        "chance_needed": found.chance_needed,
        "more_money": units(found.more_money),
        "sentences": [text for text in (bold, swap) if text],
        "ways": [f"{lead} {way}." for way in ways],
        "profile": _profile(asked, found),
        "mix": answer_document,
        **pool_document(asked),
        **remarks_document(asked),
    }


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
    place = "in the mix" if found.inside else "not in the mix"
    sentences = [entry["sentence"] for entry in _clash(asked.scenario, pool, found)]
    clash = page(paragraph("What stands against it:"), bullets(sentences)) if sentences else ""
    parts = profile(pool, project, asked.scenario)
    return page(
        title(pool, asked.scenario),
        "\n".join(paragraph(line) for line in answer(answered)),
        heading(f"{project.name} ({project.id}): {place}"),
        paragraph(f"{bold} {swap}"),
        clash,
        page(paragraph(f"{lead}:"), bullets([f"{way}," for way in ways[:-1]] + [f"{ways[-1]}."]))
        if ways
        else "",
        page(heading("What is known of it"), bullets([a.sentence for a in parts.aspects])),
    )
