"""A scenario written out in full as the TOML that `data.scenario_file` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from data.scenario_models import ANY_DAY
from portfolio.funding.admission import MEASURES
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    BaseRule,
    CostReserve,
    DeMinimis,
    Limit,
    LossLimit,
    Rule,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.scenario import Scenario
from portfolio.units import from_cents

_ALWAYS = {"id", "kind", "attribute", "value", "measure"}


def write_scenario(scenario: Scenario) -> str:
    """The whole question as TOML; nothing is left to a pool's standing scenario.

    Reading the text over the same pool gives an equal scenario.
    """
    objective = scenario.objective
    head: dict[str, Any] = {
        "name": scenario.name,
        "on": ANY_DAY if scenario.on is None else scenario.on,
        "off": scenario.off,
    }
    if scenario.stay_close is None:
        head["stay_close"] = False
    if not scenario.sources:
        head["sources"] = ()
    if not scenario.rules:
        head["rules"] = ()
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("[objective]", {f.name: getattr(objective, f.name) for f in fields(objective)}),
    ]
    if scenario.stay_close is not None:
        stay = scenario.stay_close
        tables.append(("[stay_close]", {"agreed": stay.agreed, "loss": stay.loss}))
    tables += [("[[sources]]", _source(source)) for source in scenario.sources]
    tables += [("[[rules]]", _rule(rule)) for rule in scenario.rules]
    blocks = ["\n".join(_lines(head))]
    blocks += ["\n".join([title, *_lines(entries)]) for title, entries in tables]
    return "\n\n".join(blocks) + "\n"


def _source(source: Source) -> dict[str, Any]:
    entries = {f.name: getattr(source, f.name) for f in fields(source)}
    return {
        **entries,
        "budgets": tuple(from_cents(cents) for cents in source.budgets),
        "rates": {rate.lead: rate.share for rate in source.rates},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    """The rule's keys, its kind first; what stands at its default is left out."""
    entries: dict[str, Any] = {"kind": rule.kind}
    shared = {f.name for f in fields(BaseRule)}
    own = [f.name for f in fields(rule) if f.name not in shared and f.name != "kind"]
    for key in ("id", *own, "sentence", "origin", "valid_from", "valid_to"):
        given = getattr(rule, key)
        if key in _ALWAYS or given not in ("", None):
            entries[key] = given
    if isinstance(rule, TotalBudget | CostReserve):
        entries["limit"] = from_cents(rule.limit)
    if isinstance(rule, LossLimit):
        entries["at_most"] = from_cents(rule.at_most)
    if isinstance(rule, DeMinimis):
        entries["ceiling"] = from_cents(rule.ceiling)
        entries["granted"] = tuple(_granted(grant) for grant in rule.granted)
    if _in_money(rule):
        for key in {"at_least", "at_most"} & set(entries):
            entries[key] = from_cents(int(entries[key]))
    return entries


def _granted(grant: AidGrant) -> dict[str, Any]:
    amount = from_cents(grant.cents)
    return {"organization": grant.organization, "on": grant.on, "amount": amount}


def _in_money(rule: Rule) -> bool:
    if isinstance(rule, Admission):
        return MEASURES[rule.measure].unit == "cents"
    return isinstance(rule, Limit) and rule.measure == "money"


def _lines(entries: Mapping[str, Any]) -> Iterator[str]:
    for key, value in entries.items():
        yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case StrEnum() | str():
            return _string(str(value))
        case date():
            return value.isoformat()
        case Decimal():
            return _decimal(value)
        case float():
            return _decimal(Decimal(repr(value)))
        case int():
            return f"{value:_}"
        case dict():
            inside = (f"{_string(key)} = {_value(own)}" for key, own in value.items())
            return f"{{{', '.join(inside)}}}"
        case _:
            return _list(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _decimal(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{int(value):_}"
    return f"{value:,f}".replace(",", "_")


def _list(values: Iterable[Any]) -> str:
    items = [_value(value) for value in values]
    line = f"[{', '.join(items)}]"
    if len(line) <= 100 or len(items) < 2:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
