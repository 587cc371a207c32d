"""The tables of a scenario file as pydantic models: what each may say, and the value it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from data.scenario_values import (
    Amount,
    AnyProject,
    AnyProjects,
    Candidates,
    Cents,
    Day,
    Name,
    Number,
    Share,
    Text,
    Whole,
    cents,
    fault,
    nearest,
    one_of,
    period_labels,
    pool_of,
)
from portfolio.funding.admission import MEASURES
from portfolio.funding.classes import CLASSES
from portfolio.funding.rules import (
    EVERY,
    Admission,
    AidGrant,
    AtMostOf,
    Capacity,
    CoFunding,
    CostReserve,
    DeMinimis,
    Eligibility,
    LeaderLoad,
    Limit,
    LossLimit,
    LossWeight,
    Measure,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    Requires,
    Rule,
    SourceBudget,
    Synergy,
    TotalBudget,
    limit_unit,
)
from portfolio.funding.sources import EVERY_CLASS, Rate, Source
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Horizon, Scope
from portfolio.scenario import Aim, Method, Objective, StayClose
from portfolio.scoring.classes import ATTRIBUTES, UNKNOWN
from portfolio.units import spread

ANY_DAY = "any day"
_FIXED_CLASSES = {
    "all": ("all",),
    "scope": (*Scope, UNKNOWN),
    "horizon": (*Horizon, UNKNOWN),
    "risk": ("low", "medium", "high", UNKNOWN),
    "international": ("yes", "no"),
    "newcomer": ("yes", "no"),
}


class Table(BaseModel):
    """A table of the file: unknown keys and wrong types are faults."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ObjectiveTable(Table):
    """`[objective]`: keys left out stay as they stand."""

    aim: Aim | None = None
    method: Method | None = None
    payoff_weight: Share | None = None
    caution: Share | None = None

    def over(self, standing: Objective) -> Objective:
        """The standing objective with what the file states in its place."""

        def pick(key: str) -> Any:
            stated = getattr(self, key)
            return getattr(standing, key) if stated is None else stated

        return Objective(
            aim=pick("aim"),
            method=pick("method"),
            payoff_weight=float(pick("payoff_weight")),
            caution=float(pick("caution")),
        )


def _one_of_enum(kind: type[Scope] | type[HelixRole], what: str) -> BeforeValidator:
    return BeforeValidator(lambda value: kind(one_of(value, list(kind), what)))


class SourceTable(Table):
    """`[[sources]]`: keys left out are taken from the cluster's source of the same id."""

    id: Name
    name: Name | None = None
    budget: Cents | None = None
    budgets: list[Cents] | None = None
    carry_over: bool | None = None
    public: bool | None = None
    themes: list[Text] | None = None
    scopes: list[Annotated[Scope, _one_of_enum(Scope, "scope")]] | None = None
    lead_roles: list[Annotated[HelixRole, _one_of_enum(HelixRole, "role")]] | None = None
    note: Text | None = None
    rates: dict[str, Share] | None = None
    fee: Share | None = None

    @field_validator("rates")
    @classmethod
    def _classes(cls, value: Any) -> Any:
        for name in value or ():
            one_of(name, (*CLASSES, EVERY_CLASS), "class of lead")
        return value

    @field_validator("fee")
    @classmethod
    def _not_all(cls, value: Any) -> Any:
        if value is not None and value >= 1:
            raise fault("Write a share below 1: something has to be left for projects.")
        return value

    @field_validator("budgets", mode="before")
    @classmethod
    def _by_period(cls, value: Any, info: ValidationInfo) -> Any:
        labels = period_labels(pool_of(info).cluster)
        if isinstance(value, Mapping):
            strangers = [label for label in value if label not in labels]
            if strangers:
                raise fault(f"“{strangers[0]}” is no period.{nearest(strangers[0], labels)}")
            value = [value.get(label, 0) for label in labels]
        if isinstance(value, list) and len(value) != len(labels):
            span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
            raise fault(f"Write {len(labels)} amounts, one a period ({span}), not {len(value)}.")
        return value

    @model_validator(mode="after")
    def _one_budget(self) -> SourceTable:
        if self.budget is not None and self.budgets is not None:
            raise fault("Write budget (in all) or budgets (by period), not both.")
        return self

    def over(self, pool: Pool) -> Source | None:
        """The source, completed from the pool's own; None when nobody states its budget."""
        standing = {source.id: source for source in pool.scenario.sources}.get(self.id)
        budgets = self.budgets
        if self.budget is not None:
            budgets = list(spread(self.budget, pool.cluster.calendar.count))
        if standing is None and budgets is None:
            return None
        stated = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in self
            if value is not None and key not in ("budget", "budgets", "rates")
        }
        if self.rates is not None:
            stated["rates"] = tuple(Rate(name, share) for name, share in self.rates.items())
        base = (
            {} if standing is None else {f.name: getattr(standing, f.name) for f in fields(Source)}
        )
        money = {} if budgets is None else {"budgets": tuple(budgets)}
        return Source(**{"name": self.id, **base, **stated, **money})


class StayCloseTable(Table):
    """`[stay_close]`."""

    agreed: list[AnyProject]
    loss: Share = StayClose(agreed=()).loss

    def to_value(self) -> StayClose:
        """The wish to change little."""
        return StayClose(agreed=tuple(self.agreed), loss=self.loss)


class RuleTable(Table):
    """`[[rules]]`: what every kind may say."""

    rule: ClassVar[type[Any]]
    id: Name | None = None
    sentence: Text = ""
    origin: Text = ""
    valid_from: Day | None = None
    valid_to: Day | None = None

    @field_validator("valid_to")
    @classmethod
    def _not_before_it_begins(cls, value: Any, info: ValidationInfo) -> Any:
        begins = info.data.get("valid_from")
        if value is not None and begins is not None and value < begins:
            raise fault(f"The rule ends before it begins ({begins}).")
        return value

    def to_rule(self, default_id: str) -> Rule:
        """The rule; lists become tuples."""
        stated = {key: tuple(v) if isinstance(v, list) else v for key, v in self}
        made: Rule = self.rule(**{**stated, "id": self.id or default_id})
        return made


class TotalBudgetTable(RuleTable):
    """`kind = "total budget"`."""

    rule = TotalBudget
    kind: Literal["total budget"]
    limit: Cents


class SourceBudgetTable(RuleTable):
    """`kind = "source budget"`: a second, perhaps dated, statement of a source's envelope."""

    rule = SourceBudget
    kind: Literal["source budget"]
    source: Name


class EligibilityTable(RuleTable):
    """`kind = "eligibility"`."""

    rule = Eligibility
    kind: Literal["eligibility"]


class CoFundingTable(RuleTable):
    """`kind = "co-funding"`."""

    rule = CoFunding
    kind: Literal["co-funding"]


class AdmissionTable(RuleTable):
    """`kind = "admission"`: money in currency units, shares from 0 to 1, months and counts whole."""

    rule = Admission
    kind: Literal["admission"]
    measure: Text
    at_least: Number | None = None
    at_most: Number | None = None
    classes: list[Text] = Field(default_factory=list)

    @field_validator("measure")
    @classmethod
    def _known(cls, value: str) -> str:
        return one_of(value, MEASURES, "measure")

    @field_validator("classes")
    @classmethod
    def _known_classes(cls, value: list[str]) -> list[str]:
        return [one_of(name, CLASSES, "class of lead") for name in value]

    @field_validator("at_least", "at_most")
    @classmethod
    def _in_its_unit(cls, value: Any, info: ValidationInfo) -> Any:
        measure = info.data.get("measure")
        unit = None if measure is None else MEASURES[measure].unit
        return _bound(value, unit, info, "project")

    @model_validator(mode="after")
    def _some_limit(self) -> AdmissionTable:
        _one_or_both(self.at_least, self.at_most)
        return self


class AidGrantTable(Table):
    """An entry of `granted`: aid that an organization had before."""

    organization: Text
    on: Day
    amount: Cents

    @field_validator("organization")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        return one_of(value, [one.id for one in pool_of(info).organizations], "organization")

    def to_value(self) -> AidGrant:
        """The entry of the ledger."""
        return AidGrant(self.organization, self.on, self.amount)


class DeMinimisTable(RuleTable):
    """`kind = "de minimis"`: 300,000 in three years unless it says otherwise."""

    rule = DeMinimis
    kind: Literal["de minimis"]
    ceiling: Cents = 30_000_000
    years: Whole = 3
    granted: list[AidGrantTable] = Field(default_factory=list)

    def to_rule(self, default_id: str) -> Rule:
        """The rule with its ledger."""
        ledger = tuple(entry.to_value() for entry in self.granted)
        return DeMinimis(**{**dict(self), "id": self.id or default_id, "granted": ledger})


class LeaderLoadTable(RuleTable):
    """`kind = "leader load"`."""

    rule = LeaderLoad
    kind: Literal["leader load"]
    at_most: Whole


class SynergyTable(RuleTable):
    """`kind = "synergy"`: worth in currency units or points, below zero for what gets in the way."""

    rule = Synergy
    kind: Literal["synergy"]
    projects: AnyProjects
    worth: Number

    @field_validator("projects")
    @classmethod
    def _two(cls, value: list[str]) -> list[str]:
        if len(set(value)) < 2:
            raise fault("Name two projects or more.")
        return value


class NewTiesTable(RuleTable):
    """`kind = "new ties"`."""

    rule = NewTies
    kind: Literal["new ties"]
    worth: Amount


class CostReserveTable(RuleTable):
    """`kind = "cost reserve"`."""

    rule = CostReserve
    kind: Literal["cost reserve"]
    limit: Cents
    overrun: Amount
    projects: Whole


class WorstTable(RuleTable):
    """What rules on the worst outcomes share."""

    level: Share = Decimal("0.9")
    outcomes: Whole = 1_000
    seed: Whole = 1

    @field_validator("level")
    @classmethod
    def _not_all(cls, value: Any) -> Any:
        if value >= 1:
            raise fault("Write a share below 1, such as 0.9 for the worst tenth.")
        return value


class LossLimitTable(WorstTable):
    """`kind = "loss limit"`: below zero asks for a gain."""

    rule = LossLimit
    kind: Literal["loss limit"]
    at_most: Annotated[int, BeforeValidator(cents)]


class LossWeightTable(WorstTable):
    """`kind = "loss weight"`: what each 100,000 lost takes off the worth."""

    rule = LossWeight
    kind: Literal["loss weight"]
    worth: Amount


class PayoffReserveTable(RuleTable):
    """`kind = "payoff reserve"`."""

    rule = PayoffReserve
    kind: Literal["payoff reserve"]
    shortfall: Share
    projects: Whole


class CapacityTable(RuleTable):
    """`kind = "capacity"`: one amount for the whole horizon, or one a period."""

    rule = Capacity
    kind: Literal["capacity"]
    resource: Name
    amounts: list[Amount]

    @field_validator("amounts", mode="before")
    @classmethod
    def _whole_or_by_period(cls, value: Any, info: ValidationInfo) -> Any:
        count = pool_of(info).cluster.calendar.count
        if not isinstance(value, list | Mapping):
            return [value]
        if isinstance(value, list) and len(value) not in (1, count):
            raise fault(f"Write 1 amount for the whole time, or {count}, one a period.")
        return value


class LimitTable(RuleTable):
    """`kind = "limit"`: money limits in currency units, shares from 0 to 1, projects whole."""

    rule = Limit
    kind: Literal["limit"]
    attribute: Text
    value: Any = EVERY
    measure: Measure = "money share"
    at_least: Number | None = None
    at_most: Number | None = None

    @field_validator("attribute")
    @classmethod
    def _known(cls, value: str) -> str:
        return one_of(value, ATTRIBUTES, "attribute")

    @field_validator("value")
    @classmethod
    def _class_of_it(cls, value: Any, info: ValidationInfo) -> Any:
        attribute = info.data.get("attribute")
        if isinstance(value, bool) and attribute in ("international", "newcomer"):
            return "yes" if value else "no"
        if value == EVERY:
            return value
        if attribute is None:
            return str(value)
        return one_of(value, _classes(pool_of(info), attribute), f"{attribute} here")

    @field_validator("at_least", "at_most")
    @classmethod
    def _in_its_unit(cls, value: Any, info: ValidationInfo) -> Any:
        measure = info.data.get("measure")
        return _bound(value, None if measure is None else limit_unit(measure), info, "mix")

    @model_validator(mode="after")
    def _some_limit(self) -> LimitTable:
        _one_or_both(self.at_least, self.at_most)
        return self


class MustTable(RuleTable):
    """`kind = "must"`."""

    rule = Must
    kind: Literal["must"]
    projects: Candidates


class MustNotTable(RuleTable):
    """`kind = "must not"`."""

    rule = MustNot
    kind: Literal["must not"]
    projects: AnyProjects


class RequiresTable(RuleTable):
    """`kind = "requires"`."""

    rule = Requires
    kind: Literal["requires"]
    project: AnyProject
    needs: AnyProjects


class AtMostOfTable(RuleTable):
    """`kind = "at most of"`."""

    rule = AtMostOf
    kind: Literal["at most of"]
    projects: AnyProjects
    count: Whole


AnyRule = (
    TotalBudgetTable
    | SourceBudgetTable
    | EligibilityTable
    | CapacityTable
    | LimitTable
    | MustTable
    | MustNotTable
    | RequiresTable
    | AtMostOfTable
    | CoFundingTable
    | AdmissionTable
    | DeMinimisTable
    | LeaderLoadTable
    | SynergyTable
    | NewTiesTable
    | CostReserveTable
    | LossLimitTable
    | LossWeightTable
    | PayoffReserveTable
)
KINDS: dict[str, type[RuleTable]] = {
    get_args(table.model_fields["kind"].annotation)[0]: table for table in get_args(AnyRule)
}


class ScenarioTable(Table):
    """The whole file. A key left out is None or missing from `model_fields_set`."""

    name: Text | None = None
    on: Annotated[Day | None, BeforeValidator(lambda v: None if v == ANY_DAY else v)] = None
    budget: Cents | None = None
    objective: ObjectiveTable = Field(default_factory=ObjectiveTable)
    sources: list[SourceTable] | None = None
    keep_rules: bool = False
    rules: list[Annotated[AnyRule, Field(discriminator="kind")]] | None = None
    off: list[Text] | None = None
    stay_close: Annotated[
        StayCloseTable | None, BeforeValidator(lambda v: None if v is False else v)
    ] = None


def _bound(value: Any, unit: str | None, info: ValidationInfo, what: str) -> Any:
    """A bound in its unit, cents for money; `unit` None where the measure is at fault already."""
    if value is None or unit is None:
        return value
    limit = _in_unit(value, unit)
    low = info.data.get("at_least")
    if low is not None and limit < low:
        raise fault(f"at_most is below at_least; no {what} could meet both.")
    return limit


def _one_or_both(at_least: Decimal | None, at_most: Decimal | None) -> None:
    if at_least is None and at_most is None:
        raise fault("Write at_least, at_most, or both.")


def _in_unit(limit: Decimal, unit: str) -> Decimal:
    if unit == "cents":
        limit = Decimal(cents(limit))
    elif unit == "share":
        if not 0 <= limit <= 1:
            raise fault("A share lies between 0 and 1: write 0.3 for 30 %.")
    elif limit != limit.to_integral_value():
        raise fault(f"Write a whole number of {unit}.")
    if limit < 0:
        raise fault("Write 0 or more.")
    return limit


def _classes(pool: Pool, attribute: str) -> list[str]:
    """Every class that a rule may sensibly name: of projects, sources and standing rules."""
    if attribute in _FIXED_CLASSES:
        return [str(name) for name in _FIXED_CLASSES[attribute]]
    names = {ATTRIBUTES[attribute](project) for project in pool.projects}
    names |= {
        rule.value
        for rule in pool.scenario.rules
        if isinstance(rule, Limit) and rule.attribute == attribute and rule.value != EVERY
    }
    if attribute == "theme":
        names |= {theme for source in pool.scenario.sources for theme in source.themes}
    if attribute == "lead":
        names |= {organization.id for organization in pool.organizations}
    return sorted(names)
