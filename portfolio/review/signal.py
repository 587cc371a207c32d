"""What a signal is: its state, the fact behind it, since when, and the limits that set it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio.wording import count


class State(StrEnum):
    """What a signal says. NOT_KNOWN is a sign of its own and never counts as fine."""

    FINE = "fine"
    LOOK_CLOSER = "look closer"
    AGAINST = "against"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal's state, the fact behind it, and the day since when it has not been fine."""

    name: str
    state: State
    fact: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a signal turns from fine to look closer (`_closer`) and to against (`_against`).

    `pace` is SPI(t), `thrift` the work done per money spent, both bad below their limits. The
    others are bad from their limits on: `late` days late as a share of the planned time, `gate`
    days past a gate, `silence` days without a report, `gone` the share of partners that left.
    A project at a steady 80 % of its pace ends 25 % late, so those two limits say the same.
    """

    pace_closer: float = 0.9
    pace_against: float = 0.8
    late_closer: float = 1 / 9
    late_against: float = 0.25
    gate_closer: int = 1
    gate_against: int = 28
    thrift_closer: float = 0.9
    thrift_against: float = 0.8
    silence_closer: int = 100
    silence_against: int = 190
    gone_closer: float = 0.01
    gone_against: float = 0.5


DEFAULT_LIMITS = Limits()


def from_limit(amount: float, closer: float, against: float) -> State:
    """The state of an amount that is bad from its limits on."""
    if amount >= against:
        return State.AGAINST
    return State.LOOK_CLOSER if amount >= closer else State.FINE


def below_limit(amount: float, closer: float, against: float) -> State:
    """The state of an amount that is bad below its limits, read to six decimals."""
    if round(amount, 6) < against:
        return State.AGAINST
    return State.LOOK_CLOSER if round(amount, 6) < closer else State.FINE


def worst(*states: State) -> State:
    """The worst of some states; not known only when nothing is known."""
    order = (State.AGAINST, State.LOOK_CLOSER, State.FINE, State.NOT_KNOWN)
    return min(states, key=order.index)


def is_bad(state: State) -> bool:
    """Whether the state asks for something."""
    return state in (State.LOOK_CLOSER, State.AGAINST)


def bad_since(history: Iterable[tuple[date, State]]) -> date | None:
    """The day from which on, up to the last entry, the state has been bad; None when it is not.

    >>> bad_since([(date(2027, 1, 1), State.AGAINST), (date(2027, 2, 1), State.FINE),
    ...            (date(2027, 3, 1), State.LOOK_CLOSER), (date(2027, 4, 1), State.AGAINST)])
    datetime.date(2027, 3, 1)
    """
    since = None
    for day, state in history:
        since = (since or day) if is_bad(state) else None
    return since


def span(days: int) -> str:
    """Days as a reader counts them: in weeks from two weeks on.

    >>> span(1), span(80)
    ('1 day', '11 weeks')
    """
    return count(days, "day") if days < 14 else count(days // 7, "week")
