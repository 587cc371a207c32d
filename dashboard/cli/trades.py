"""`clusterfolio sweep --by` something other than money: what value is given up for it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from dashboard.cli import points
from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import (
    chosen_documents,
    pool_document,
    remarks_document,
    unit_name,
    units,
    worth,
)
from dashboard.cli.mix_report import plain_money, remarks, table_worth, title
from dashboard.cli.output import Column, Output, heading, page, paragraph, table
from dashboard.cli.progress import progress_line
from dashboard.services import chosen
from dashboard.services.chosen import As
from dashboard.services.mix import progress_words
from optimizer import Front, LossPoint, Second, WorstOutcomes, frontier, loss_sweep
from optimizer.second import USUAL
from portfolio.scenario import Aim, Scenario
from portfolio.scoring import value
from portfolio.selection import Choice, Selection
from portfolio.wording import percent

MISSING = "Say between which losses, such as --from 0 --to 500000."
CRITERIA = ("payoff", "score", "benefit", "spend", "projects")
BY = ("budget", "cvar", *CRITERIA)


def run(args: argparse.Namespace, out: Output) -> int:
    """Value against losses in bad outcomes, or against a second criterion; 1 without any mix."""
    limits = args.by == "cvar" and (args.first is not None or args.last is not None)
    return _by_losses(args, out) if limits else _by_criterion(args, out)


def _by_losses(args: argparse.Namespace, out: Output) -> int:
    checks = Checks(args)
    first, last, steps = points.amounts(checks, checks.signed_money, MISSING)
    asked = ask(args, checks)
    limits = points.evenly(checks.sure(first), checks.sure(last), checks.sure(steps))
    with stopping() as stop, progress_line(progress_words(asked.pool, asked.scenario)) as listen:
        found = loss_sweep(
            asked.pool,
            asked.scenario,
            limits,
            asked.options,
            progress=listen,
            cancel=stop,
        )
    known = _as_chosen(asked, [point.selection for point in found])
    document = {
        "by": "cvar",
        "unit": unit_name(asked.pool, asked.scenario),
        "level": float(USUAL.level),
        "outcomes": USUAL.outcomes,
        "points": [_loss_point(asked, point, known) for point in found],
        **pool_document(asked),
        **remarks_document(asked),
    }
    out.answer(document, _losses_text(asked, found))
    return 0 if any(point.selection.status.has_mix for point in found) else 1


def _loss_point(asked: Asked, point: LossPoint, known: Mapping[Choice, As]) -> dict[str, Any]:
    return {
        "budget": units(asked.scenario.money),
        "limit": units(point.limit),
        "cvar": None if point.loss is None else float(point.loss / 100),
        **_answer(asked, point.selection, known),
    }


def _as_chosen(asked: Asked, selections: Iterable[Selection]) -> dict[Choice, As]:
    """Every choice of these mixes as it runs, looked up once."""
    choices = (choice for selection in selections for choice in selection.chosen)
    return chosen.as_chosen(asked.pool, asked.scenario.objective, choices)


def _answer(asked: Asked, selection: Selection, known: Mapping[Choice, As]) -> dict[str, Any]:
    return {
        "status": selection.status.value,
        "value": worth(selection.value),
        "bound": worth(selection.bound),
        "gap": selection.gap,
        "spend": units(selection.spend),
        "chosen": chosen_documents(asked.pool, asked.scenario, selection.chosen, known),
    }


def _losses_text(asked: Asked, found: Sequence[LossPoint]) -> str:
    pool, currency = asked.pool, asked.pool.cluster.currency
    columns = [
        Column("May lose", "right"),
        Column("Loses", "right"),
        Column(points.worth_head(asked.scenario), "right"),
        Column("Spent", "right"),
        Column("Proof"),
        Column("Enters", gives=True),
        Column("Leaves", gives=True),
    ]
    rows = []
    for point, before in zip(found, [None, *found], strict=False):
        selection = point.selection
        known = selection.value is not None
        loss = "" if point.loss is None else plain_money(round(point.loss), currency)
        rows.append(
            [
                plain_money(point.limit, currency),
                loss,
                _worth(asked, selection) if known else "",
                plain_money(selection.spend, currency) if known else "",
                points.proof(selection.status),
                *_swap(asked, selection, None if before is None else before.selection),
            ]
        )
    worst = percent(1 - USUAL.level)
    return page(
        title(pool, asked.scenario),
        paragraph(
            f"The best mix for each limit on what it loses on average in the worst {worst} of "
            f"{USUAL.outcomes:,} simulated outcomes; below zero it has to gain."
        ),
        heading("What safety costs"),
        table(columns, rows),
        remarks(asked),
    )


def _by_criterion(args: argparse.Namespace, out: Output) -> int:
    checks = Checks(args)
    for text, shown in ((args.first, "--from"), (args.last, "--to")):
        if text is not None:
            remedy = f"Leave it out: by {args.by} every trade is listed."
            checks.add(shown, text, remedy)
    asked = ask(args, checks)
    if args.by == asked.scenario.objective.aim:
        checks.add("--by", args.by, "This is the aim itself. Name something else.")
    checks.done()
    second = _second(args.by, asked.scenario)
    with stopping() as stop, progress_line(progress_words(asked.pool, asked.scenario)) as listen:
        front = frontier(
            asked.pool,
            asked.scenario,
            second,
            asked.options,
            progress=listen,
            cancel=stop,
        )
    known = _as_chosen(asked, [point.selection for point in front.points])
    document = {
        "by": args.by,
        "unit": unit_name(asked.pool, asked.scenario),
        "complete": front.complete,
        "points": [
            {
                "budget": units(asked.scenario.money),
                "second": _plain_second(args.by, point.second),
                **({"cvar": units(-point.second)} if args.by == "cvar" else {}),
                **_answer(asked, point.selection, known),
            }
            for point in front.points
        ],
        **pool_document(asked),
        **remarks_document(asked),
    }
    out.answer(document, _front_text(asked, args.by, front))
    return 0 if front.points else 1


def _second(by: str, scenario: Scenario) -> Second:
    if by == "cvar":
        return WorstOutcomes()
    if by in ("spend", "projects"):
        return cast("Literal['spend', 'projects']", by)
    return replace(scenario.objective, aim=cast("Aim", by))


def _plain_second(by: str, second: int) -> float | int | None:
    if by == "spend":
        return units(-second)
    if by == "cvar":
        return units(second)
    return second if by == "projects" else worth(second)


def _front_text(asked: Asked, by: str, front: Front) -> str:
    currency = asked.pool.cluster.currency
    heads = {
        "cvar": "Worst tenth brings",
        "payoff": "Expected payoff",
        "score": "Points",
        "benefit": "Benefit",
        "spend": "Spent",
        "projects": "Projects",
    }
    columns = [
        Column(points.worth_head(asked.scenario), "right"),
        Column(heads[by], "right"),
        Column("Enters", gives=True),
        Column("Leaves", gives=True),
    ]
    rows = []
    for point, before in zip(front.points, [None, *front.points], strict=False):
        selection = point.selection
        swap = _swap(asked, selection, None if before is None else before.selection)
        second = _said_second(asked, by, point.second, currency)
        rows.append([_worth(asked, selection), second, *swap])
    finding = "No mix meets all rules."
    if front.points:
        count = len(front.points)
        trades = (
            "1 mix that no other beats" if count == 1 else f"{count:,} mixes that no other beats"
        )
        left = "" if front.complete else " Time ran out before all were found."
        finding = f"{trades} on both sides.{left}"
    return page(
        title(asked.pool, asked.scenario),
        paragraph(finding),
        heading("What can be traded for what"),
        table(columns, rows),
        remarks(asked),
    )


def _said_second(asked: Asked, by: str, second: int, currency: str) -> str:
    if by == "projects":
        return f"{second:,}"
    if by == "spend":
        return plain_money(-second, currency)
    if by == "cvar":
        return plain_money(second, currency)
    unit = value.unit(replace(asked.scenario.objective, aim=cast("Aim", by)))
    return table_worth(second, unit, currency)


def _worth(asked: Asked, selection: Selection) -> str:
    unit = value.unit(asked.scenario.objective)
    return table_worth(selection.value or 0, unit, asked.pool.cluster.currency)


def _swap(asked: Asked, selection: Selection, before: Selection | None) -> list[str]:
    """Who enters and who leaves against the row before, in names; nobody where there is no mix."""
    if not selection.status.has_mix:
        return ["", ""]
    return [points.names(asked.pool, ids) for ids in points.swap(selection, before)]
