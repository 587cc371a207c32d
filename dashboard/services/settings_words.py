"""The answer above the settings: how many rules hold, and how much money from whom."""

from __future__ import annotations

from dashboard.services import words
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules, all_rules
from portfolio.wording import count, money


def headline(pool: Pool, standing: Scenario) -> str:
    """Rules and money as a sentence."""
    every, holding = all_rules(standing), active_rules(standing)
    if not every:
        return "There is no rule yet."
    start = _holding(len(holding), len(every))
    limit = standing.money
    if limit is None:
        return f"{start}; nothing limits the money."
    amount = money(words.whole_money(limit), pool.cluster.currency)
    funders = len(standing.sources)
    source = f" from {count(funders, 'funder')}" if funders else ""
    return f"{start}; the money is {amount}{source}."


def _holding(holding: int, every: int) -> str:
    if every == 1:
        return "The one rule holds" if holding else "The one rule does not hold"
    if holding == every:
        return f"All {count(every, 'rule')} hold"
    return f"{holding} of {count(every, 'rule')} {'holds' if holding == 1 else 'hold'}"


def context(decisions: int) -> str:
    """What a change touches."""
    if not decisions:
        return "A change is tried on the present mix before it is saved."
    if decisions == 1:
        return "A change is tried on the present mix first; the decision on record stays as it is."
    kept = count(decisions, "decision")
    return f"A change is tried on the present mix first; the {kept} on record stay as they are."
