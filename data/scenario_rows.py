"""Rows of a cluster's standing question, with its sources and rules, and the scenario they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from sqlalchemy import Table

from data.codec import from_json, rule_from_json, to_json
from data.rows import AnyRow, Values, day_of, day_text, grouped
from data.tables import rule, scenario, source, source_budget, source_condition, source_rate
from portfolio.funding.sources import Rate, Source
from portfolio.organization import HelixRole
from portfolio.project import Scope
from portfolio.scenario import Aim, Method, Objective, Scenario, StayClose

THEME, SCOPE, LEAD_ROLE = "theme", "scope", "lead role"


def scenario_values(cluster_id: str, question: Scenario) -> dict[Table, list[Values]]:
    """Columns of a scenario by table: itself, its sources with budgets and conditions, its rules."""
    objective, stay_close = question.objective, question.stay_close
    head = {
        "cluster_id": cluster_id,
        "name": question.name,
        "aim": objective.aim,
        "method": objective.method,
        "payoff_weight": objective.payoff_weight,
        "caution": objective.caution,
        "off": to_json(question.off),
        "read_on": day_text(question.on),
        "stay_close": None if stay_close is None else to_json(stay_close),
    }
    return {
        scenario: [head],
        source: [
            {
                "cluster_id": cluster_id,
                "id": entry.id,
                "position": position,
                "name": entry.name,
                "carry_over": int(entry.carry_over),
                "public": int(entry.public),
                "note": entry.note,
                "fee": str(entry.fee),
            }
            for position, entry in enumerate(question.sources)
        ],
        source_budget: [
            {
                "cluster_id": cluster_id,
                "source_id": entry.id,
                "position": period,
                "cents": cents,
            }
            for entry in question.sources
            for period, cents in enumerate(entry.budgets)
        ],
        source_rate: [
            {
                "cluster_id": cluster_id,
                "source_id": entry.id,
                "position": position,
                "lead": rate.lead,
                "share": str(rate.share),
            }
            for entry in question.sources
            for position, rate in enumerate(entry.rates)
        ],
        source_condition: [
            {
                "cluster_id": cluster_id,
                "source_id": entry.id,
                "position": position,
                "kind": kind,
                "value": value,
            }
            for entry in question.sources
            for position, (kind, value) in enumerate(_conditions(entry))
        ],
        rule: [
            {
                "cluster_id": cluster_id,
                "position": position,
                "rule_id": entry.id,
                "kind": entry.kind,
                "body": to_json(entry),
            }
            for position, entry in enumerate(question.rules)
        ],
    }


def _conditions(entry: Source) -> list[tuple[str, str]]:
    return [
        *((THEME, theme) for theme in entry.themes),
        *((SCOPE, scope.value) for scope in entry.scopes),
        *((LEAD_ROLE, role.value) for role in entry.lead_roles),
    ]


def scenario_of(
    head: AnyRow | None,
    sources: Iterable[AnyRow],
    budgets: Iterable[AnyRow],
    conditions: Iterable[AnyRow],
    rates: Iterable[AnyRow],
    rules: Iterable[AnyRow],
) -> Scenario:
    """The scenario of its rows, each kind in order; an empty one where there is no head."""
    if head is None:
        return Scenario()
    budgets_of = grouped(budgets, "source_id")
    conditions_of = grouped(conditions, "source_id")
    rates_of = grouped(rates, "source_id")
    return Scenario(
        name=head.name,
        objective=Objective(
            aim=cast("Aim", head.aim),
            method=cast("Method", head.method),
            payoff_weight=head.payoff_weight,
            caution=head.caution,
        ),
        sources=tuple(
            _source(
                row,
                budgets_of.get(row.id, []),
                conditions_of.get(row.id, []),
                rates_of.get(row.id, []),
            )
            for row in sources
        ),
        rules=tuple(rule_from_json(row.body) for row in rules),
        off=tuple(json.loads(head.off)),
        on=day_of(head.read_on),
        stay_close=None if head.stay_close is None else from_json(StayClose, head.stay_close),
    )


def _source(
    row: AnyRow, budgets: list[AnyRow], conditions: list[AnyRow], rates: list[AnyRow]
) -> Source:
    def having(kind: str) -> list[str]:
        return [condition.value for condition in conditions if condition.kind == kind]

    return Source(
        id=row.id,
        name=row.name,
        budgets=tuple(budget.cents for budget in budgets),
        carry_over=bool(row.carry_over),
        public=bool(row.public),
        themes=tuple(having(THEME)),
        scopes=tuple(Scope(value) for value in having(SCOPE)),
        lead_roles=tuple(HelixRole(value) for value in having(LEAD_ROLE)),
        note=row.note,
        rates=tuple(Rate(rate.lead, Decimal(rate.share)) for rate in rates),
        fee=Decimal(row.fee),
    )
