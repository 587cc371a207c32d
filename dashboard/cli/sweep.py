"""`clusterfolio sweep`: the best mix for each of several budgets."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from dashboard.cli import trades
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

MOST_POINTS = 1_000


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
    for text, shown in ((args.first, "--from"), (args.last, "--to")):
        if text is None:
            checks.add(shown, "", "Say between which budgets, such as --from 500000 --to 2000000.")
    first = checks.money("first", "--from")
    last = checks.money("last", "--to")
    steps = checks.whole("steps", "--steps", 1, MOST_POINTS)
    if first is not None and last is not None and first > last:
        checks.add("--to", args.last, "It lies below --from. Write the larger amount here.")
    with ExitStack() as stack:
        workers = _reached(args.workers, checks, stack)
        asked = ask(args, checks)
        amounts = budgets(checks.sure(first), checks.sure(last), checks.sure(steps))
        stop = stack.enter_context(stopping())
        listen = stack.enter_context(progress_line(progress_words(asked.pool, asked.scenario)))
        points = sweep(
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
    out.answer(_document(asked, points), _text(asked, points))
    return 0 if any(point.selection.status.has_mix for point in points) else 1


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


def budgets(first: int, last: int, steps: int) -> tuple[int, ...]:
    """`steps` amounts in cents, evenly from first to last, both included; none twice.

    >>> budgets(0, 100, 5), budgets(7, 7, 3), budgets(5, 9, 1)
    ((0, 25, 50, 75, 100), (7,), (5,))
    """
    if steps == 1:
        return (first,)
    amounts = (first + (last - first) * k // (steps - 1) for k in range(steps))
    return tuple(dict.fromkeys(amounts))


def _document(asked: Asked, points: Sequence[BudgetPoint]) -> dict[str, Any]:
    choices = [choice for point in points for choice in point.selection.chosen]
    known = chosen.as_chosen(asked.pool, asked.scenario.objective, choices)
    return {
        "unit": unit_name(asked.pool, asked.scenario),
        "points": [
            _point(asked, point, before, known)
            for point, before in zip(points, [None, *points], strict=False)
        ],
        **pool_document(asked),
        **remarks_document(asked),
    }


def _point(
    asked: Asked, point: BudgetPoint, before: BudgetPoint | None, known: Mapping[Choice, As]
) -> dict[str, Any]:
    selection = point.selection
    enters, leaves = _swap(point, before)
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


def _swap(point: BudgetPoint, before: BudgetPoint | None) -> tuple[list[str], list[str]]:
    """Who enters and leaves against the budget before; nobody at the first."""
    if before is None:
        return [], []
    now, then = set(point.selection.ids), set(before.selection.ids)
    return sorted(now - then), sorted(then - now)


def _text(asked: Asked, points: Sequence[BudgetPoint]) -> str:
    pool, currency = asked.pool, asked.pool.cluster.currency
    unit = value.unit(asked.scenario.objective)
    heads = {"money": "Expected payoff", "points": "Points", "benefit": "Benefit"}
    columns = [
        Column("Budget", "right"),
        Column("Spent", "right"),
        Column(heads[unit], "right"),
        Column("Projects", "right"),
        Column("Proof"),
        Column("Enters", gives=True),
        Column("Leaves", gives=True),
    ]
    pairs = list(zip(points, [None, *points], strict=False))
    changed = [chosen.changes(*_mixes(asked, point, before)) for point, before in pairs]
    columns += [Column("Changes", gives=True)] * any(changed)
    rows = []
    for (point, before), otherwise in zip(pairs, changed, strict=True):
        selection = point.selection
        enters, leaves = _swap(point, before)
        told = (f"{pool.project(i).name}: {words}" for i, words in otherwise.items())
        known = selection.value is not None
        rows.append(
            [
                plain_money(point.budget, currency),
                plain_money(selection.spend, currency) if known else "",
                table_worth(selection.value or 0, unit, currency) if known else "",
                f"{len(selection.chosen):,}" if known else "",
                _proof(selection.status),
                listed((pool.project(i).name for i in enters), most=3),
                listed((pool.project(i).name for i in leaves), most=3),
                *[listed(told, most=3)] * any(changed),
            ]
        )
    return page(
        title(pool, asked.scenario),
        paragraph(_finding(asked, points)),
        heading("What the money buys"),
        table(columns, rows),
        remarks(asked),
    )


def _proof(status: Status) -> str:
    match status:
        case Status.OPTIMAL:
            return "proven best"
        case Status.FEASIBLE:
            return "good"
        case Status.INFEASIBLE:
            return "no mix"
        case _:
            return "not found"


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
