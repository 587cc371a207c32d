"""The rules of a scenario as values, with their ids, sentences, origins and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Measure = Literal["money share", "project share", "money", "projects"]
EVERY = "*"


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


Rule = (
    TotalBudget
    | SourceBudget
    | Eligibility
    | Capacity
    | Limit
    | Must
    | MustNot
    | Requires
    | AtMostOf
)
