"""An answer checked again from nothing but its question, in plain Python and without any solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.errors import NotFoundError
from portfolio.feasibility import checks, violations
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.worth import mix_value
from portfolio.selection import Selection, Status


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: what, whether it holds, and the figures in words."""

    name: str
    holds: bool
    words: str


def verified(pool: Pool, scenario: Scenario, selection: Selection) -> tuple[Check, ...]:
    """Every claim of an answer that needs no search: projects, rules, money, value, bound, status.

    That nothing better exists, or no mix at all, can only be told by searching again; for that
    only a contradiction within the answer is found here.
    """
    return tuple(_checks(pool, scenario, selection))


def _checks(pool: Pool, scenario: Scenario, selection: Selection) -> Iterator[Check]:
    if not selection.status.has_mix:
        empty = not (selection.chosen or selection.payments or selection.value is not None)
        yield Check(
            "mix", empty, "It holds no mix and claims none." if empty else "A mix is there."
        )
        return
    faults = [fault.message for fault in violations(pool, scenario, selection)]
    words = "Every rule holds and each cent is paid once." if not faults else " ".join(faults)
    yield Check("rules and money", not faults, words)
    try:
        worth = mix_value(pool, scenario, selection.chosen)
    except NotFoundError:
        return
    yield _same("value", worth, selection.value)
    yield _bound(scenario, selection)
    if not faults:
        told = checks(pool, scenario, selection.chosen, selection.payments)
        same = told == selection.checks
        yield Check("how the rules stand", same, "As told." if same else "Not as told.")


def _same(name: str, computed: int, told: int | None) -> Check:
    if computed == told:
        return Check(name, True, f"{computed} millionths, as told.")
    return Check(name, False, f"It is {computed} millionths; {told} is told.")


def _bound(scenario: Scenario, selection: Selection) -> Check:
    value, bound = selection.value or 0, selection.bound
    if bound is None:
        proven = selection.status is Status.OPTIMAL
        return Check("bound", not proven, "None is told." + " It claims to be proven." * proven)
    if bound < value:
        return Check("bound", False, f"The bound {bound} is below the value {value}.")
    if selection.status is Status.OPTIMAL and bound > value and scenario.stay_close is None:
        return Check("bound", False, f"Proven best is told, and a bound {bound} above the value.")
    return Check("bound", True, f"{bound} millionths, not below the value.")
