"""What so much more money buys, in all and from each source, exact, and beside it the rate."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from optimizer.dial import Dial
from optimizer.explain import DEFAULT, Standing
from optimizer.funding import held_sources
from optimizer.options import Listener, Options
from optimizer.rate import lp_rate
from optimizer.search import Found
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection


@dataclass(frozen=True, slots=True)
class Purchase:
    """V*(so many cents more) − V*, in millionths, and how the mix would change.

    `source` "" for money in all, in the proportions agreed; else a source's id, its periods in the
    proportions agreed. `gain` None: nothing was found in time. Not `proven`: the difference between
    the best mixes found so far. `rate` is what a further unit of this money is worth by the
    relaxation's rates, where projects could be split; None where it has none.
    """

    source: str
    cents: int
    gain: int | None
    proven: bool
    rate: float | None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


def purchases(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    cents: int,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Purchase, ...]:
    """What the next `cents` buy: of money in all first, then from each source that is limited.

    In the order of the scenario. Empty where nothing limits the money. Raises InputError for a
    question with faults, an amount below a cent, or a base without a mix.
    """
    if cents < 1:
        raise InputError((Problem("Amount", str(cents), "Write an amount above zero."),))
    standing = Standing(pool, scenario, base, options, progress, cancel)
    asked = standing.scenario
    dials = [Dial(asked)] if asked.money is not None else []
    held = held_sources(asked)
    dials += [Dial(asked, source.id) for source in asked.sources if source.id in held]
    found = []
    for done, dial in enumerate(dials):
        standing.watch.part(done, len(dials))
        found.append(_purchase(standing, dial, cents))
    standing.watch.part(len(dials), len(dials))
    return tuple(found)


def _purchase(standing: Standing, dial: Dial, cents: int) -> Purchase:
    if standing.watch.over:
        return Purchase(dial.source, cents, None, proven=False, rate=None)
    now = dial.present or 0
    before = _at(standing, dial, now)
    after = standing.ask(standing.question.under(dial.under(now + cents)))
    rate = lp_rate(standing.pool, standing.scenario, dial.source)
    if after.mix is None or after.value is None or before.value is None:
        return Purchase(dial.source, cents, None, proven=False, rate=rate)
    gain = after.value - before.value
    enters, leaves = standing.changes(after.mix) if gain else ((), ())
    proven = after.proven and before.proven
    return Purchase(dial.source, cents, gain, proven, rate, enters, leaves)


def _at(standing: Standing, dial: Dial, now: int) -> Found:
    """The best mix with the money that there is.

    Where a total is below what the sources hold, money in all in the proportions agreed is not the
    question that stands: there the best mix is looked for.
    """
    present = dial.under(now)
    if present == standing.scenario:
        return Found(standing.mix, standing.value, standing.value, standing.proven)
    return standing.ask(standing.question.under(present))
