"""What do the published selections of a portfolio by mean and CVaR lack of the best?

As published, and with the same projects moved to their best years: the ratio is the share that
is left, which comes from the projects and not from the years. Every α and λ of the published
table is a question of ours; the real data is read from ../shared/data. docs/ppss_cvar.md says
what the differences come from.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row
from optimizer import Options, optimize
from portfolio.feasibility import feasible
from portfolio.funding.rules import Must, MustNot
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_rules
from portfolio.selection import Choice, Selection
from tests.support.ppss_cvar import Starts, aim, proposals, published, question, strategy

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "instances" / "ppss_cvar"

PATIENCE = Options(time_limit=60)


def measure() -> Iterator[Row]:
    """A row for each published selection; none where the real data is not present."""
    if not FOLDER.is_dir():
        return
    known = proposals(FOLDER)
    for line in published(FOLDER):
        pool, scenario = question(known, line.alpha, line.weight)
        begun = time.perf_counter()
        found = optimize(pool, scenario, PATIENCE)
        spent = time.perf_counter() - begun
        ours = _starts(found)
        theirs = [Choice(name, None, start - 1) for name, start in line.starts.items()]
        meets = "meets" if feasible(pool, scenario, theirs) else "breaks"
        moved = _starts(optimize(pool, _of_the_same(pool, scenario, line.starts), PATIENCE))
        told, later, best = (
            aim(known, starts, line.alpha, line.weight) for starts in (line.starts, moved, ours)
        )
        yield Row(
            f"Published portfolio, α {line.alpha:g}, λ {line.weight:g}",
            f"{len(pool.projects)} projects, 20 years",
            best - later,
            "missing in the best years",
            f"as published, best {found.status.value} in {spent:.1f} s",
            best - told,
            note=f"published {told:.2f}, {meets} all rules: {_said(line.starts)}; in best years"
            f" {later:.2f}; best {best:.2f}, strategy {strategy(known, ours):.2f}: {_said(ours)}",
        )


def _starts(found: Selection) -> Starts:
    """Start years of a mix, counted from 1."""
    return {each.project: (each.start or 0) + 1 for each in found.chosen}


def _of_the_same(pool: Pool, scenario: Scenario, starts: Starts) -> Scenario:
    """The same question for these very projects."""
    others = tuple(each.id for each in pool.projects if each.id not in starts)
    held = (Must(id="in", projects=tuple(starts)), MustNot(id="out", projects=others))
    return with_rules(scenario, *held)


def _said(starts: Starts) -> str:
    """Projects by the year in which they start."""
    years = sorted(set(starts.values()))
    told = {year: [name for name, start in starts.items() if start == year] for year in years}
    return ", ".join(
        f"{year} " + "+".join(str(int(name[1:])) for name in names) for year, names in told.items()
    )
