"""The rules of a scenario as values, with their ids, sentences, origins and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Measure = Literal["money share", "project share", "money", "projects"]
LimitUnit = Literal["share", "cents", "projects"]
EVERY = "*"
WEIGHED = 100_000 * 100
"""Cents lost that the worth of a loss weight is for."""


def limit_unit(measure: Measure) -> LimitUnit:
    """What the limits of a measure are in.

    >>> limit_unit("money"), limit_unit("money share"), limit_unit("projects")
    ('cents', 'share', 'projects')
    """
    if measure in ("money share", "project share"):
        return "share"
    return "cents" if measure == "money" else "projects"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRule:
    """What every rule carries. `sentence` overrides the wording that the rule's values give.

    `origin` says where the rule comes from (a law, a call, a board decision). Outside
    `valid_from` to `valid_to` (both inclusive, None for open) the rule does not apply.
    """

    id: str
    sentence: str = ""
    origin: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalBudget(BaseRule):
    """The grants of the mix come to at most `limit` cents."""

    limit: int
    kind: Literal["total budget"] = "total budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBudget(BaseRule):
    """A source pays at most its envelope in each period. One stands for each source."""

    source: str
    kind: Literal["source budget"] = "source budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(BaseRule):
    """Each source pays only for projects that meet its conditions."""

    kind: Literal["eligibility"] = "eligibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(BaseRule):
    """The mix needs at most `amounts` of a named resource.

    Shape `(1,)`: over the whole horizon; `(calendar.count,)`: in each period, each need spread
    evenly over its project's periods.
    """

    resource: str
    amounts: tuple[Decimal, ...]
    kind: Literal["capacity"] = "capacity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(BaseRule):
    """The part of the mix whose `attribute` has `value` lies within limits.

    `attribute` is one of `portfolio.scoring.classes.ATTRIBUTES` ("all" for the whole mix).
    `value` "*" states the rule for each value that a candidate is known to have: projects of
    unknown lead are no one organization. `measure`: share of the
    mix's grants or of its number of projects (limits 0 to 1), grants in cents, or projects.
    An empty mix meets every share.
    """

    attribute: str
    value: str = EVERY
    measure: Measure = "money share"
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    kind: Literal["limit"] = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Must(BaseRule):
    """These projects are in the mix."""

    projects: tuple[str, ...]
    kind: Literal["must"] = "must"


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNot(BaseRule):
    """These projects are not in the mix; one that is no candidate is not in it anyway."""

    projects: tuple[str, ...]
    kind: Literal["must not"] = "must not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires(BaseRule):
    """`project` is in the mix only together with all of `needs`.

    A needed project that is running counts as there. One that is closed, or whose cost is not
    known, never comes, so that `project` cannot be in.
    """

    project: str
    needs: tuple[str, ...]
    kind: Literal["requires"] = "requires"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMostOf(BaseRule):
    """At most `count` of these projects are in the mix; one that is no candidate never counts."""

    projects: tuple[str, ...]
    count: int
    kind: Literal["at most of"] = "at most of"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoFunding(BaseRule):
    """Each source pays at most its rate of what a project spends in each period."""

    kind: Literal["co-funding"] = "co-funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission(BaseRule):
    """Each project of the mix, as it would run, keeps `measure` within limits.

    `measure` is one of `portfolio.funding.admission.MEASURES`; limits are in its unit (cents,
    a share 0 to 1, months, or a count). `classes` are classes of lead organizations
    (`portfolio.funding.classes`) that it is for, empty for all. Where the measure is not known,
    the project is not admitted.
    """

    measure: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    classes: tuple[str, ...] = ()
    kind: Literal["admission"] = "admission"


@dataclass(frozen=True, slots=True)
class AidGrant:
    """Aid that an organization was granted on a day, in cents."""

    organization: str
    on: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeMinimis(BaseRule):
    """The aid granted to a single undertaking within `years` stays at or below `ceiling` cents.

    Linked companies (`Organization.group`) are one undertaking. A grant of the mix counts whole,
    for the undertaking of its lead, on the scenario's day (the calendar's first where it has
    none); what `granted` lists counts when it was granted less than so many years before, or later.
    Leads that are no firms do not count. Regulation (EU) 2023/2831: 300,000 in three years.
    """

    ceiling: int = 30_000_000
    years: int = 3
    granted: tuple[AidGrant, ...] = ()
    kind: Literal["de minimis"] = "de minimis"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderLoad(BaseRule):
    """Nobody leads more than `at_most` projects in any period; those that are running count."""

    at_most: int
    kind: Literal["leader load"] = "leader load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Synergy(BaseRule):
    """These projects together are worth `worth` more than one by one (less, below zero).

    In currency units or points, as the aim counts; earned once, when all of them are in. A project
    that is running counts as in. It forbids nothing.
    """

    projects: tuple[str, ...]
    worth: Decimal
    kind: Literal["synergy"] = "synergy"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTies(BaseRule):
    """Each pair of organizations that a mix brings together for the first time is worth `worth`.

    A pair has worked together when a running or closed project has both. Each pair counts once,
    however many chosen projects have it. It forbids nothing.
    """

    worth: Decimal
    kind: Literal["new ties"] = "new ties"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostReserve(BaseRule):
    """The mix costs at most `limit` cents even if any `projects` of its own cost `overrun` more.

    Γ-robust in the sense of Bertsimas and Sim (2004): grants as planned, and the largest overruns
    (a share, 0.2 for 20 % of the grant, rounded up to cents) of so many projects.
    """

    limit: int
    overrun: Decimal
    projects: int
    kind: Literal["cost reserve"] = "cost reserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLimit(BaseRule):
    """In the worst outcomes the mix loses at most `at_most` cents on average (below zero: it gains).

    CVaR at `level` (0.9: the worst tenth) over so many simulated `outcomes`, drawn with `seed` as
    `portfolio.simulation` does by its own assumptions.
    """

    at_most: int
    level: Decimal = Decimal("0.9")
    outcomes: int = 1_000
    seed: int = 1
    kind: Literal["loss limit"] = "loss limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class LossWeight(BaseRule):
    """Each 100,000 lost on average in the worst outcomes takes `worth` off what the mix is worth.

    In currency units or points, as the aim counts; each 100,000 gained there adds as much. CVaR at
    `level` over so many simulated `outcomes`, as for `LossLimit`. It forbids nothing.
    """

    worth: Decimal
    level: Decimal = Decimal("0.9")
    outcomes: int = 1_000
    seed: int = 1
    kind: Literal["loss weight"] = "loss weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoffReserve(BaseRule):
    """The mix counts for what it is worth if any `projects` of its own fall short by `shortfall`.

    Γ-robust in the sense of Bertsimas and Sim (2004): of the worth as planned, the largest
    shortfalls (a share, 0.3 for 30 % of a project's worth) of so many projects are taken off. It
    forbids nothing.
    """

    shortfall: Decimal
    projects: int
    kind: Literal["payoff reserve"] = "payoff reserve"


MoneyRule = TotalBudget | SourceBudget | Eligibility | CoFunding | DeMinimis | CostReserve
"""Rules on who pays how much."""
ProjectRule = Must | MustNot | Requires | AtMostOf | Admission | LeaderLoad
"""Rules on which projects are in."""
BalanceRule = Limit | Capacity | LossLimit
"""Rules on what the mix adds up to."""
Deducting = LossWeight | PayoffReserve
"""Rules on what is taken off the worth of a mix for what could go wrong."""
WorthRule = Synergy | NewTies | Deducting
"""Rules on what the mix is worth beside the sum of its projects; they forbid nothing."""
Rule = MoneyRule | ProjectRule | BalanceRule | WorthRule
