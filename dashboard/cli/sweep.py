"""`clusterfolio sweep`: the best mix for each of several budgets."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from dashboard.cli import points, trades
from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import (
    changed_documents,
    chosen_documents,
    pool_document,
    projects_document,
    remarks_document,
    unit_name,
    units,
    worth,
)
from dashboard.cli.mix_report import plain_money, remarks, table_worth, title
from dashboard.cli.output import Column, Output, heading, page, paragraph, table
from dashboard.cli.progress import progress_line
from dashboard.services import chosen, words
from dashboard.services.chosen import As, Mix
from dashboard.services.mix import progress_words
from optimizer import BudgetPoint, Workers, sweep
from portfolio.errors import InputError
from portfolio.scoring import value
from portfolio.selection import Choice, Status
from portfolio.wording import listed, money

MISSING = "Say between which budgets, such as --from 500000 --to 2000000."


def run(args: argparse.Namespace, out: Output) -> int:
    """Answer the question at each budget; 1 when none of them has an answer."""
    checks = Checks(args)
    if args.by in trades.BY[1:]:
        if args.workers is not None:
            checks.add("--workers", args.workers, "Workers sweep by budget only. Leave this out.")
        checks.done()
        return trades.run(args, out)
    if args.by not in trades.BY:
        checks.add("--by", args.by, f"Write one of {', '.join(trades.BY)}.")
    first, last, steps = points.amounts(checks, checks.money, MISSING)
    with ExitStack() as stack:
        workers = _reached(args.workers, checks, stack)
        asked = ask(args, checks)
        amounts = points.evenly(checks.sure(first), checks.sure(last), checks.sure(steps))
        stop = stack.enter_context(stopping())
        listen = stack.enter_context(progress_line(progress_words(asked.pool, asked.scenario)))
        found = sweep(
            asked.pool,
            asked.scenario,
            amounts,
            asked.options,
            progress=listen,
            cancel=stop,
            workers=workers,
        )
    if workers is not None and workers.lost:
        out.aside(f"{workers.lost} The rest was worked out on this machine.")
    out.answer(_document(asked, found), _text(asked, found))
    return 0 if any(point.selection.status.has_mix for point in found) else 1


def _reached(address: str | None, checks: Checks, stack: ExitStack) -> Workers | None:
    """The workers at an address, until the stack is left; None without one, or with a fault."""
    if address is None:
        return None
    try:
        return stack.enter_context(Workers.at(address))
    except InputError as error:
        for problem in error.problems:
            checks.add("--workers", address, problem.remedy)
        return None


def _document(asked: Asked, found: Sequence[BudgetPoint]) -> dict[str, Any]:
    choices = [choice for point in found for choice in point.selection.chosen]
    known = chosen.as_chosen(asked.pool, asked.scenario.objective, choices)
    return {
        "unit": unit_name(asked.pool, asked.scenario),
        "points": [
            _point(asked, point, before, known)
            for point, before in zip(found, [None, *found], strict=False)
        ],
        **pool_document(asked),
        **remarks_document(asked),
    }


def _point(
    asked: Asked, point: BudgetPoint, before: BudgetPoint | None, known: Mapping[Choice, As]
) -> dict[str, Any]:
    selection = point.selection
    enters, leaves = points.swap(selection, None if before is None else before.selection)
    then, now = _mixes(asked, point, before)
    return {
        "budget": units(point.budget),
        "status": selection.status.value,
        "value": worth(selection.value),
        "objective": worth(selection.value),
        "bound": worth(selection.bound),
        "gap": selection.gap,
        "spend": units(selection.spend),
        "chosen": chosen_documents(asked.pool, asked.scenario, selection.chosen, known),
        "enters": projects_document(asked.pool, enters),
        "leaves": projects_document(asked.pool, leaves),
        "changed": changed_documents(then, now),
    }


def _mixes(asked: Asked, point: BudgetPoint, before: BudgetPoint | None) -> tuple[Mix, Mix]:
    """The mix of the budget before, none at the first, and that of this one."""
    then = () if before is None else before.selection.chosen
    return Mix(asked.pool, then), Mix(asked.pool, point.selection.chosen)


def _text(asked: Asked, found: Sequence[BudgetPoint]) -> str:
    pool, currency = asked.pool, asked.pool.cluster.currency
    unit = value.unit(asked.scenario.objective)
    columns = [
        Column("Budget", "right"),
        Column("Spent", "right"),
        Column(points.worth_head(asked.scenario), "right"),
        Column("Projects", "right"),
        Column("Proof"),
        Column("Enters", gives=True),
        Column("Leaves", gives=True),
    ]
    pairs = list(zip(found, [None, *found], strict=False))
    changed = [chosen.changes(*_mixes(asked, point, before)) for point, before in pairs]
    columns += [Column("Changes", gives=True)] * any(changed)
    rows = []
    for (point, before), otherwise in zip(pairs, changed, strict=True):
        selection = point.selection
        enters, leaves = points.swap(selection, None if before is None else before.selection)
        told = (f"{pool.project(i).name}: {words}" for i, words in otherwise.items())
        known = selection.value is not None
        rows.append(
            [
                plain_money(point.budget, currency),
                plain_money(selection.spend, currency) if known else "",
                table_worth(selection.value or 0, unit, currency) if known else "",
                f"{len(selection.chosen):,}" if known else "",
                points.proof(selection.status),
                points.names(pool, enters),
                points.names(pool, leaves),
                *[listed(told, most=3)] * any(changed),
            ]
        )
    return page(
        title(pool, asked.scenario),
        paragraph(_finding(asked, found)),
        heading("What the money buys"),
        table(columns, rows),
        remarks(asked),
    )


def _finding(asked: Asked, points: Sequence[BudgetPoint]) -> str:
    """The curve in a sentence: what the whole range buys."""
    found = [point for point in points if point.selection.value is not None]
    if not found:
        if all(point.selection.status is Status.INFEASIBLE for point in points):
            return "No mix meets all rules at any of these budgets."
        return "No mix was found in time at any of these budgets; one may exist."
    unit, currency = value.unit(asked.scenario.objective), asked.pool.cluster.currency
    first, last = found[0], found[-1]
    verb = "should return" if unit == "money" else "has"
    low, high = (
        f"With {money(point.budget, currency)} the best mix {verb} "
        f"{words.worth(point.selection.value or 0, unit, currency)}"
        for point in (first, last)
    )
    if first is last:
        return f"{low}."
    return f"{low}; {high[:1].lower()}{high[1:]}."
