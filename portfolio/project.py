"""A project (initiative): what it asks for, what it promises, and how it is getting on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from portfolio.units import Calendar, scale, spread


class ProjectStatus(StrEnum):
    """Where a project stands: a proposal is a candidate for the mix."""

    PROPOSAL = "proposal"
    RUNNING = "running"
    CLOSED = "closed"


class Scope(StrEnum):
    """Who benefits: the whole cluster, a hot spot in it, or a few partners."""

    CLUSTER_WIDE = "cluster-wide"
    HOT_SPOT = "hot spot"
    PRIVATE = "private collaboration"


class Horizon(StrEnum):
    """Time to payoff: at most 12 months, at most 36, longer."""

    QUICK_WIN = "quick win"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """A low, likely and high estimate of a present value, in cents, given success."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True)
class CashYear:
    """Cash of one year of the plan, in cents (spending below zero), for rNPV.

    `p_pass` is the chance that the gate at the end of the year is passed (1: no gate).
    """

    year: int
    amount: int
    p_pass: float = 1.0


@dataclass(frozen=True, slots=True)
class ResourceNeed:
    """What the project needs of a named resource over its whole life, in the resource's unit."""

    resource: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Version:
    """Another funding level of a project: a smaller or a larger way to run it.

    `cost` and `grant` in cents; `worth` is its share of what the project as proposed would return
    (0.72 for 72 %). Resources and launch cost change as the cost does.
    """

    name: str
    cost: int
    grant: int
    worth: Decimal


@dataclass(frozen=True, slots=True)
class FirstStage:
    """What a project can show before the rest of its grant is given: its seed.

    `grant` cents of the whole grant for the first `periods` of its periods; then it passes its
    gate with the chance `chance` (0 to 1), as far as anybody knows before.
    """

    grant: int
    periods: int
    chance: float


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization beside the lead; `active` False once it has left."""

    organization: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated promise; `gate` when the board decides there whether to go on."""

    name: str
    baseline: date
    forecast: date | None = None
    done: date | None = None
    gate: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a running project said on a day; kept as it was.

    `complete` is the work done (0 to 1), `spent` the cents paid out of the whole cost, both to
    date.
    """

    on: date
    complete: float
    spent: int
    forecast_end: date | None = None
    rating: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a closed project ended: payoff reached and money spent, in cents, and the lesson."""

    payoff: int
    spent: int
    success: bool
    reason: str = ""
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """An initiative of the cluster.

    Money is in cents. `cost` is the whole cost; `grant` is the part asked from the cluster's
    sources (the rest is co-funding). `spend` says how the grant falls over the periods from the
    start on; empty means evenly. `payoff` and `launch_cost` are present values given success.
    `benefit` is a ready-made number (ballot support, somebody's score) for lists that come with
    one. None means not known: it is never read as zero. `cost_known` False says the same of `cost`
    and `grant`: such a project waits outside the candidates, so that it is never taken for free.
    `sources` names the only sources that may pay; empty means every source whose own conditions
    admit it. What a mix may choose beside the project as proposed: one of `versions`; a part of it
    down to `least_share` (0.6 for 60 %), in steps of a tenth, everything in proportion; a later
    start, up to `latest_start`, each period of waiting losing `waiting_loss` of what it is worth.
    `first_stage` is a part of it after which the board may stop or go on (`portfolio.staging`).
    """

    id: str
    name: str
    cost: int = 0
    grant: int = 0
    summary: str = ""
    status: ProjectStatus = ProjectStatus.PROPOSAL
    lead: str = ""
    leader: str = ""
    partners: tuple[Partner, ...] = ()
    theme: str = ""
    scope: Scope | None = None
    region: str = ""
    international: bool = False
    newcomer: bool = False
    payoff: ThreePoint | None = None
    launch_cost: int = 0
    p_technical: float | None = None
    p_commercial: float | None = None
    cash: tuple[CashYear, ...] = ()
    benefit: float | None = None
    months_to_payoff: int | None = None
    start: date | None = None
    end: date | None = None
    spend: tuple[int, ...] = ()
    resources: tuple[ResourceNeed, ...] = ()
    sources: tuple[str, ...] = ()
    rating: str = ""
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()
    closed_on: date | None = None
    outcome: Outcome | None = None
    cost_known: bool = True
    versions: tuple[Version, ...] = ()
    least_share: Decimal | None = None
    latest_start: date | None = None
    waiting_loss: Decimal = Decimal(0)
    technology: str = ""
    first_stage: FirstStage | None = None

    @property
    def co_funding(self) -> int:
        """Cents that others bring."""
        return self.cost - self.grant

    @property
    def horizon(self) -> Horizon | None:
        """Quick win, medium or long by months to payoff; None when not known."""
        if self.months_to_payoff is None:
            return None
        if self.months_to_payoff <= 12:
            return Horizon.QUICK_WIN
        return Horizon.MEDIUM if self.months_to_payoff <= 36 else Horizon.LONG

    @property
    def p_success(self) -> float | None:
        """Chance of technical and commercial success together; None when neither is known."""
        if self.p_technical is None and self.p_commercial is None:
            return None
        technical = 1.0 if self.p_technical is None else self.p_technical
        commercial = 1.0 if self.p_commercial is None else self.p_commercial
        return technical * commercial

    def periods(self, calendar: Calendar) -> range:
        """The periods in which the project runs, cut to the horizon."""
        first = 0 if self.start is None else calendar.clamp(self.start)
        last = first if self.end is None else max(calendar.clamp(self.end), first)
        return range(first, last + 1)

    def grant_by_period(self, calendar: Calendar) -> tuple[int, ...]:
        """The grant in cents for each of the calendar's periods; it sums to `grant` exactly.

        Shape: `(calendar.count,)`. A spend profile longer than the horizon puts what is left
        into the last period, so that no money is lost from the question.
        """
        if calendar.count == 1:
            return (self.grant,)
        periods = self.periods(calendar)
        shares = scale(self.spend, self.grant) if self.spend else spread(self.grant, len(periods))
        return _placed(shares, periods.start, calendar)

    def most_by_period(
        self, rates: Iterable[Fraction], calendar: Calendar
    ) -> tuple[tuple[int, ...], ...]:
        """For each rate that part of the cost by period as the grant falls, in cents, rounded up.

        Of a grant that is no larger than the part, no period has more.
        """
        periods = self.periods(calendar)
        parts = self.spend if any(self.spend) else (1,) * (len(self.spend) or len(periods))
        whole = sum(parts)
        made = []
        for rate in rates:
            most, over = self.cost * rate.numerator, rate.denominator * whole
            shares = [-(-most * part // over) for part in parts]
            made.append(_placed(shares, periods.start, calendar))
        return tuple(made)


def _placed(shares: Sequence[int], start: int, calendar: Calendar) -> tuple[int, ...]:
    """Cents from a period on; what lies past the horizon falls into its last period."""
    by_period = [0] * calendar.count
    for offset, cents in enumerate(shares):
        by_period[min(start + offset, calendar.count - 1)] += cents
    return tuple(by_period)
