"""What does a curve of 100 budgets cost, as a multiple of one raw HiGHS solve?

The preview (a mix and a proven bound at each budget; also of a longer list), the exact curve
(proven, ties settled, re-checked in cents) and the next five steps to the cent, model building
included, over HiGHS alone on the same rows at the agreed budget. Sums over several questions, the
worst of them in the note; budgets from half to one and a half times the agreed money. CPU seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from benchmarks.everyday import everyday
from benchmarks.raw import raw_seconds
from benchmarks.table import Row
from optimizer import Options, next_steps, optimize, preview, sweep
from portfolio.pool import Pool
from portfolio.scenario import Scenario

SIZE, LONG = 60, 300
SEEDS = (1, 2, 3, 4, 5)
POINTS = 100
STEPS = 5
PATIENCE = Options(time_limit=5.0)
MOST_PREVIEW, MOST_EXACT = 0.25, 30.0

Question = tuple[Pool, Scenario]


def measure() -> Iterator[Row]:
    """Four rows: preview, that of a longer list, exact curve, next steps."""
    next_steps(*everyday(10), optimize(*everyday(10)), 1)
    previewed(everyday(10))
    for size in (SIZE, LONG):
        questions = [everyday(size, seed) for seed in SEEDS]
        raw = [median(raw_seconds(*question) for _ in range(3)) for question in questions]
        curve = f"{size} projects, {POINTS} budgets, {len(SEEDS)} questions"
        yield row("Budget curve, preview", curve, questions, raw, previewed, MOST_PREVIEW)

    questions = [everyday(SIZE, seed) for seed in SEEDS]
    raw = [median(raw_seconds(*question) for _ in range(3)) for question in questions]
    curve = f"{SIZE} projects, {POINTS} budgets, {len(SEEDS)} questions"
    yield row("Budget curve, exact", curve, questions, raw, swept, MOST_EXACT)
    steps = f"{SIZE} projects, {STEPS} steps, {len(SEEDS)} questions"
    yield row("Next steps, to the cent", steps, questions, raw, climbed, None)


def previewed(question: Question) -> str:
    """Preview a question; how wide its bands are."""
    points = preview(*question, budgets(question))
    widths = [(p.bound - p.value) / p.value for p in points if p.value]
    return f"median band {median(widths):.1%}" if widths else "no mix"


def swept(question: Question) -> str:
    """Sweep a question; how many points are not proven."""
    points = sweep(*question, budgets(question), PATIENCE)
    open_points = sum(p.selection.status not in ("OPTIMAL", "INFEASIBLE") for p in points)
    return f"{open_points} not proven" if open_points else "all proven"


def climbed(question: Question) -> str:
    """Look for the next steps of a question; how many were found."""
    base = optimize(*question)
    return f"{len(next_steps(*question, base, STEPS))} steps"


def budgets(question: Question) -> list[int]:
    """Amounts in cents from half to one and a half times the agreed money."""
    agreed = question[1].money or 0
    return [agreed // 2 + agreed * k // (POINTS - 1) for k in range(POINTS)]


def row(
    work: str,
    size: str,
    questions: list[Question],
    raw: list[float],
    do: Callable[[Question], str],
    most_ratio: float | None,
) -> Row:
    """The work on all questions beside one raw solve of each."""
    taken: list[float] = []
    notes: list[str] = []
    for question in questions:
        begun = time.process_time()
        notes.append(do(question))
        taken.append(time.process_time() - begun)
    worst = max(one / base for one, base in zip(taken, raw, strict=True))
    middle = median(one / base for one, base in zip(taken, raw, strict=True))
    said = "; ".join(dict.fromkeys(notes))
    note = f"median {middle:.3g}, worst {worst:.3g}; {said}"
    against = "one raw HiGHS solve of each"
    return Row(work, size, sum(taken), "s CPU", against, sum(raw), most_ratio=most_ratio, note=note)
