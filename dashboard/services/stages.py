"""Seeds and scale-ups in sentences and figures: what to plant, what to keep back, what it is worth."""

from __future__ import annotations

from fractions import Fraction

from dashboard.services import words
from dashboard.services.mix import Number
from optimizer import Stages
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.value import unit as unit_of
from portfolio.selection import Choice, Status
from portfolio.variants import variant
from portfolio.wording import count, money, percent

SLIGHT = Fraction(1, 1000)
"""Staging that adds less of the worth than this is said to add nothing."""


def headline(pool: Pool, scenario: Scenario, found: Stages) -> str:
    """What to plant, what to keep back, how many will prove themselves, and what that is worth."""
    currency = pool.cluster.currency
    if found.status is Status.INFEASIBLE:
        return "No plan keeps all rules however the gates turn out."
    if found.plan is None:
        return "No plan was found in time; one may exist."
    if not found.seeds:
        once = count(len(found.plan.at_once), "project")
        if found.status is not Status.OPTIMAL:
            return f"No seeds were found that beat funding {once} at once; some may."
        if not found.plan.at_once:
            return "Plant nothing: no first stage is worth its money."
        return f"Plant nothing: funding {once} at once is worth as much as any seeds."
    seeds = count(len(found.seeds), "seed")
    up = number(found.scaled_up)
    beside = (
        f" and fund {count(len(found.plan.at_once), 'project')} at once"
        if found.plan.at_once
        else ""
    )
    kept = money(words.whole_money(found.kept_back), currency)
    goes_on = (
        f"about {up} will prove themselves and be scaled up"
        if found.counted
        else f"in the drawn outcomes about {up} prove themselves and are scaled up"
    )
    return (
        f"Plant {seeds} for {money(words.whole_money(found.planted), currency)}{beside}, keep "
        f"{kept} back; {goes_on}. {gain(pool, scenario, found)}"
    )


def gain(pool: Pool, scenario: Scenario, found: Stages) -> str:
    """What staging is worth against the best mix without it, where that can be told apart."""
    if found.gain is None or found.at_once.value is None:
        if found.plan is not None and found.expected is None:
            return "Time ran out before it was tried on other outcomes."
        if found.at_once.status is Status.INFEASIBLE:
            return "Without seeds no mix meets all rules."
        return "No mix without seeds was found in time to set it against."
    low, mean, high = found.gain
    whole = abs(Fraction(found.at_once.value))
    if abs(mean) < SLIGHT * whole or low <= 0 <= high:
        return "Worth about as much as committing at once."
    side = "more" if mean > 0 else "less"
    if not whole:
        return f"Worth {_worth(pool, scenario, abs(mean))} {side} than committing at once."
    return f"Worth {percent(abs(mean) / whole)} {side} than committing at once."


def context(pool: Pool, scenario: Scenario, found: Stages) -> tuple[str, ...]:
    """What the plan should return, against what, and how sure that is."""
    if found.plan is None or found.value is None or found.expected is None:
        return ()
    mean = _worth(pool, scenario, found.expected)
    told = [f"It should return {mean} on average{_error(pool, scenario, found)}."]
    if found.at_once.value is not None and found.gain is not None:
        best = "best" if found.at_once.status is Status.OPTIMAL else "best found"
        low, adds, high = (_signed(pool, scenario, each).removeprefix("+") for each in found.gain)
        spread = "" if low == high else f" (19 times in 20 between {low} and {high})"
        told.append(
            f"The {best} mix without seeds returns {_worth(pool, scenario, found.at_once.value)}: "
            f"staging adds {adds}{spread}."
        )
    told.append(sure(found))
    return tuple(told)


def sure(found: Stages) -> str:
    """How near to the best plan it is, over the outcomes that it was chosen by."""
    number = count(found.outcomes, "outcome" if found.counted else "drawn outcome")
    over = f"{'all' if found.counted else 'the'} {number}"
    if found.status is Status.OPTIMAL:
        return f"No other plan is better over {over}."
    if found.gap is None:
        return "A better plan may exist."
    return f"A plan that is up to {percent(found.gap)} better over {over} may exist."


def basis(found: Stages) -> str:
    """What the figures are taken from."""
    if found.counted:
        return (
            f"All {count(found.outcomes, 'way')} in which the gates may turn out were counted, each "
            "with its chance. In each the best are scaled up that money and rules allow."
        )
    first = f"The plan was chosen by {count(found.outcomes, 'drawn outcome')} of the gates"
    own = "What is kept back and how many are scaled up is told of the drawn ones."
    tried = (
        ""
        if found.trial is None
        else f" and then tried on {found.trial.outcomes:,} others, which the worth is the average of"
    )
    return f"{first}{tried}. In each the best are scaled up that money and rules allow. {own}"


def numbers(pool: Pool, scenario: Scenario, found: Stages) -> tuple[Number, ...]:
    """Four figures, short enough for a phone."""
    currency = pool.cluster.currency
    more = "" if found.gain is None else _signed(pool, scenario, found.gain[1], short=True)
    most, mean = ("at most", "on average") if found.counted else ("most drawn", "on average drawn")
    return (
        Number("Seeds", str(len(found.seeds)), words.short_money(found.planted, currency)),
        Number("Kept back", words.short_money(found.kept_back, currency), most),
        Number("Scaled up", number(found.scaled_up), f"of {len(found.seeds)} {mean}"),
        Number("Staging adds", more or "–", "on average"),
    )


def at_once(pool: Pool, found: Stages) -> list[tuple[Choice, int]]:
    """What the plan funds without a gate, with its grant in cents."""
    calendar = pool.cluster.calendar
    chosen = () if found.plan is None else found.plan.at_once
    return [
        (one, variant(pool.project(one.project), one, calendar).project.grant) for one in chosen
    ]


def proof(found: Stages) -> str:
    """How good the plan is, as a badge says it."""
    if found.status is not Status.OPTIMAL:
        return "Good, not proven best"
    return f"Proven best over {'all' if found.counted else 'the drawn'} outcomes"


def money_basis(found: Stages) -> str:
    """What the picture of the money shows."""
    which = "any outcome of the gates" if found.counted else "any drawn outcome of the gates"
    return f"The most that each period grants in {which}."


def number(amount: Fraction) -> str:
    """A number with one decimal below ten, whole above."""
    return words.number(amount) if amount < 10 else f"{round(amount):,}"


def of_100(share: float) -> str:
    """A share as cases of a hundred.

    >>> of_100(0.375)
    '38 of 100'
    """
    return f"{round(share * 100)} of 100"


def money_words(pool: Pool, found: Stages) -> str:
    """Where the money of a plan goes, in a line."""
    currency = pool.cluster.currency
    seeds, kept, once = (
        words.short_money(cents, currency)
        for cents in (found.planted, found.kept_back, found.spent_at_once)
    )
    return f"{seeds} for seeds, {kept} kept back, {once} at once"


def _worth(pool: Pool, scenario: Scenario, micro: Fraction | int) -> str:
    return words.worth(round(micro), unit_of(scenario.objective), pool.cluster.currency)


def _signed(pool: Pool, scenario: Scenario, micro: Fraction, short: bool = False) -> str:
    unit, currency = unit_of(scenario.objective), pool.cluster.currency
    say = words.short_worth if short else words.worth
    return words.signed(say(abs(round(micro)), unit, currency), round(micro)) or "nothing"


def _error(pool: Pool, scenario: Scenario, found: Stages) -> str:
    if found.trial is None or not found.trial.error:
        return ""
    off = _worth(pool, scenario, round(found.trial.error))
    return f", give or take {off}"
