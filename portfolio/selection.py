"""A selection: what was answered. The mix, its value, its proof, its money and its rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Status(StrEnum):
    """What is known of an answer. FEASIBLE is not OPTIMAL: a better mix may exist."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    UNBOUNDED = "UNBOUNDED"
    NO_SOLUTION_FOUND = "NO_SOLUTION_FOUND"
    ERROR = "ERROR"

    @property
    def has_mix(self) -> bool:
        """Whether a mix comes with it."""
        return self in (Status.OPTIMAL, Status.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen project, with its version and start period where the question leaves them open."""

    project: str
    version: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Cents that a source pays a project in a period."""

    project: str
    source: str
    period: int
    cents: int


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """How a rule stands in a mix: its tightest row.

    `label` names the row ("Port energy", "2027 H1"), "" when the rule has one row. `used` and the
    limits are exact, in `unit`: "cents", "share" (0 to 1), "projects", or a resource's name.
    """

    rule: str
    sentence: str
    label: str
    used: Fraction
    at_least: Fraction | None
    at_most: Fraction | None
    unit: str

    @property
    def slack(self) -> Fraction | None:
        """Distance to the nearest limit, below zero when it is passed; None without limits."""
        room = []
        if self.at_least is not None:
            room.append(self.used - self.at_least)
        if self.at_most is not None:
            room.append(self.at_most - self.used)
        return min(room, default=None)

    @property
    def met(self) -> bool:
        """Whether the rule holds."""
        slack = self.slack
        return slack is None or slack >= 0


@dataclass(frozen=True, slots=True)
class Selection:
    """An answer to a scenario over a pool.

    `value` and `bound` are integer millionths of a currency unit or score point, exact for the
    mix as re-computed in Python: `value` of the mix, `bound` no mix can pass. None where there is
    no mix, or no bound was proven. `checks` has one entry a rule; `seconds` is wall time.
    """

    status: Status
    chosen: tuple[Choice, ...] = ()
    value: int | None = None
    bound: int | None = None
    spend: int = 0
    payments: tuple[Payment, ...] = ()
    checks: tuple[RuleCheck, ...] = ()
    seconds: float = 0.0
    message: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the chosen projects."""
        return tuple(choice.project for choice in self.chosen)

    @property
    def gap(self) -> float | None:
        """(bound − value) / |value|, a decimal; 0 when proven best, None when not known."""
        if self.value is None or self.bound is None:
            return None
        if self.bound <= self.value:
            return 0.0
        return (self.bound - self.value) / max(abs(self.value), 1)
