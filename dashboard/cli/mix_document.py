"""A mix as JSON: numbers in plain units, money in currency units, worth in the unit of the aim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.cli.asking import Asked
from dashboard.cli.output import Document, plain_number, problem_document
from dashboard.services import chosen
from dashboard.services.chosen import As, Mix
from dashboard.services.schedule import spend_by_period, spend_by_source
from portfolio.errors import InputError, NotFoundError
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.selection import Choice, RuleCheck, Selection


def units(cents: int | Fraction | None) -> int | float | None:
    """Money in currency units."""
    return None if cents is None else plain_number(Fraction(cents) / 100)


def worth(micro: int | Fraction | None) -> int | float | None:
    """Worth in the unit of the aim."""
    return None if micro is None else plain_number(Fraction(micro) / value.MICRO)


def unit_name(pool: Pool, scenario: Scenario) -> str:
    """What worth counts in: the currency's code ("money" where there is none), points, benefit."""
    unit = value.unit(scenario.objective)
    return pool.cluster.currency or "money" if unit == "money" else unit


def pool_document(asked: Asked) -> Document:
    """What was asked of whom."""
    pool, scenario = asked.pool, asked.scenario
    return {
        "pool": {
            "cluster": asked.found.cluster or None,
            "name": pool.cluster.name,
            "currency": pool.cluster.currency,
            "fictional": pool.cluster.fictional,
            "candidates": len(pool.candidates),
        },
        "question": {
            "name": scenario.name,
            "aim": scenario.objective.aim,
            "method": scenario.objective.method,
            "payoff_weight": scenario.objective.payoff_weight,
            "caution": scenario.objective.caution,
            "budget": units(scenario.money),
        },
    }


def selection_document(pool: Pool, scenario: Scenario, selection: Selection) -> dict[str, Any]:
    """The answer itself."""
    return {
        "status": selection.status.value,
        "objective": worth(selection.value),
        "bound": worth(selection.bound),
        "gap": selection.gap,
        "unit": unit_name(pool, scenario),
        "chosen": chosen_documents(pool, scenario, selection.chosen),
        "spend": spend_document(pool, scenario, selection),
        "rules": [_rule(pool, check) for check in selection.checks],
        "runtime": round(selection.seconds, 3),
    }


def spend_document(pool: Pool, scenario: Scenario, selection: Selection) -> Document:
    """Money of the mix in all, by period, and by source and period."""
    calendar = pool.cluster.calendar
    labels = [calendar.label(period) for period in range(calendar.count)]
    return {
        "total": units(selection.spend),
        "by_period": _labelled(labels, spend_by_period(pool, selection)),
        "by_source": {
            source: {"total": units(sum(cents)), "by_period": _labelled(labels, cents)}
            for source, cents in spend_by_source(pool, scenario, selection).items()
        },
    }


def remarks_document(asked: Asked) -> Document:
    """What was assumed, what is missing, and which cells of the file could not be read."""
    pool, objective = asked.pool, asked.scenario.objective
    without_cost = {project.id: "its cost is not known" for project in pool.incomplete}
    return {
        "incomplete": _reasons(pool, {**value.incomplete(pool, objective), **without_cost}),
        "assumed": _reasons(pool, value.assumed(pool, objective)),
        "notes": list(asked.notes),
        "unread": [problem_document(problem) for problem in asked.found.problems],
    }


def chosen_documents(
    pool: Pool,
    scenario: Scenario,
    choices: Sequence[Choice],
    known: Mapping[Choice, As] | None = None,
) -> list[Document]:
    """The projects of a mix as they were chosen; `known` where they were looked up before.

    Of a choice that the pool does not offer only its names are told.
    """
    if known is None:
        try:
            known = chosen.as_chosen(pool, scenario.objective, choices)
        except (InputError, NotFoundError):
            known = {}
    return [_chosen(pool, choice, known.get(choice)) for choice in choices]


def changed_documents(before: Mix, after: Mix) -> list[Document]:
    """Projects in both mixes that are chosen otherwise in the later one, and how."""
    now = {choice.project: choice for choice in after.chosen}
    return [
        {
            "id": project_id,
            "name": after.pool.project(project_id).name,
            "version": now[project_id].version,
            "start": chosen.start_label(after.pool, now[project_id]),
            "change": change,
        }
        for project_id, change in chosen.changes(before, after).items()
    ]


def projects_document(pool: Pool, ids: Iterable[str]) -> list[Document]:
    """Projects by id and name, for lists of who enters and leaves."""
    return [{"id": i, "name": pool.project(i).name} for i in ids]


def _reasons(pool: Pool, reasons: Mapping[str, str]) -> list[Document]:
    return [{"id": i, "name": pool.project(i).name, "reason": why} for i, why in reasons.items()]


def _labelled(labels: Sequence[str], cents: Sequence[int]) -> Document:
    return {label: units(amount) for label, amount in zip(labels, cents, strict=True)}


def _chosen(pool: Pool, choice: Choice, found: As | None) -> Document:
    named = {
        "id": choice.project,
        "name": None if found is None else found.project.name,
        "version": choice.version,
        "start": chosen.start_label(pool, choice),
    }
    if found is None:
        return {**named, "cost": None, "grant": None, "worth": None}
    return {
        **named,
        "cost": units(found.project.cost),
        "grant": units(found.project.grant),
        "worth": worth(found.worth),
    }


def _rule(pool: Pool, check: RuleCheck) -> Document:
    money = check.unit == "cents"
    number = units if money else plain_number
    return {
        "id": check.rule,
        "sentence": check.sentence,
        "label": check.label,
        "used": number(check.used),
        "at_least": number(check.at_least),
        "at_most": number(check.at_most),
        "slack": number(check.slack),
        "unit": (pool.cluster.currency or "money") if money else check.unit,
        "met": check.met,
    }
