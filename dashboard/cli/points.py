"""What the sweeps share: a range read from two amounts, and the words of a point."""

from __future__ import annotations

from collections.abc import Callable, Collection

from dashboard.cli.checks import Checks
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.selection import Selection, Status
from portfolio.wording import listed

MOST_POINTS = 1_000


def amounts(
    checks: Checks, read: Callable[[str, str], int | None], missing: str
) -> tuple[int | None, int | None, int | None]:
    """The first and last amount and the number of steps; None for what is missing or wrong.

    `read` is the reader of `checks` for such amounts, `missing` the remedy for one left out.
    """
    first, last = read("first", "--from"), read("last", "--to")
    for name, shown in (("first", "--from"), ("last", "--to")):
        checks.needed(name, shown, missing)
    if first is not None and last is not None and first > last:
        checks.add(
            "--to", checks.said("last"), "It lies below --from. Write the larger amount here."
        )
    return first, last, checks.whole("steps", "--steps", 1, MOST_POINTS)


def evenly(first: int, last: int, steps: int) -> tuple[int, ...]:
    """`steps` amounts in cents, evenly from first to last, both included; none twice.

    >>> evenly(0, 100, 5), evenly(7, 7, 3), evenly(5, 9, 1)
    ((0, 25, 50, 75, 100), (7,), (5,))
    """
    if steps == 1:
        return (first,)
    every = (first + (last - first) * k // (steps - 1) for k in range(steps))
    return tuple(dict.fromkeys(every))


def swap(selection: Selection, before: Selection | None) -> tuple[list[str], list[str]]:
    """Ids that enter and leave against the point before; nobody at the first."""
    if before is None:
        return [], []
    now, then = set(selection.ids), set(before.ids)
    return sorted(now - then), sorted(then - now)


def names(pool: Pool, ids: Collection[str]) -> str:
    """The names of a few projects."""
    return listed((pool.project(i).name for i in ids), most=3)


def worth_head(scenario: Scenario) -> str:
    """The head of the column of worths."""
    heads = {"money": "Expected payoff", "points": "Points", "benefit": "Benefit"}
    return heads[value.unit(scenario.objective)]


def proof(status: Status) -> str:
    """What is known of a point, in two words."""
    match status:
        case Status.OPTIMAL:
            return "proven best"
        case Status.FEASIBLE:
            return "good"
        case Status.INFEASIBLE:
            return "no mix"
        case _:
            return "not found"
