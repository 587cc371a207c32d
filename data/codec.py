"""Frozen values as JSON and back without loss, and their fingerprints."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from types import NoneType
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from portfolio.errors import InputError, Problem
from portfolio.funding.rules import Rule
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection

Value = TypeVar("Value")
_RULE: TypeAdapter[Rule] = TypeAdapter(Annotated[Rule, Field(discriminator="kind")])
_COMPACT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_AS_THEY_ARE = frozenset({str, int, bool, NoneType})
_FIELDS: dict[type, tuple[str, ...]] = {}
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
# Beyond this a float has no fraction and no longer counts by ones.
_WHOLE_BELOW = 2.0**53


def to_json(value: object, indent: int | None = None) -> str:
    """Canonical JSON of a frozen value: equal values give equal text, on every machine.

    Keys are sorted. Decimals and fractions are exact text ("0.3", "1/3"), dates ISO, a float that
    is whole is written as an integer. Raises InputError on NaN and infinity.
    """
    if indent is None:
        return canonical(plain(value))
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, indent=indent)


def canonical(content: Any) -> str:
    """Canonical JSON of what is plain already, as it is."""
    return _COMPACT.encode(content)


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return sha256(to_json(value).encode()).hexdigest()


def from_json(kind: type[Value], text: str | bytes) -> Value:
    """A frozen value of class `kind` from its JSON; InputError names every problem at once."""
    value: Value = _read(_adapter(kind), text)
    return value


def pool_from_json(text: str | bytes) -> Pool:
    """A pool from its JSON."""
    return from_json(Pool, text)


def scenario_from_json(text: str | bytes) -> Scenario:
    """A scenario from its JSON."""
    return from_json(Scenario, text)


def selection_from_json(text: str | bytes) -> Selection:
    """A selection from its JSON."""
    return from_json(Selection, text)


def rule_from_json(text: str | bytes) -> Rule:
    """A rule from its JSON; `kind` tells which."""
    return _read(_RULE, text)


def plain(value: object) -> Any:
    """A frozen value as dicts, lists, strings, numbers, booleans and None.

    Fields that a value derives by itself (`init=False`) are left out.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]  # type: ignore[attr-defined]
    names = _FIELDS.get(kind)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if is_dataclass(value):
        _FIELDS[kind] = tuple(f.name for f in fields(value) if f.init)
        return plain(value)
    return _scalar(value)


def _scalar(value: object) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no JSON")


def _number(value: float) -> float | int:
    if not math.isfinite(value):
        raise InputError((Problem("number", str(value), "Numbers have to be finite."),))
    return int(value) if value.is_integer() and abs(value) < _WHOLE_BELOW else value


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise InputError((Problem("number", str(value), "Numbers have to be finite."),))
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _adapter(kind: type[Value]) -> TypeAdapter[Value]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _read(adapter: TypeAdapter[Value], text: str | bytes) -> Value:
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError as error:
        raise InputError(
            tuple(
                Problem(
                    field=".".join(str(part) for part in issue["loc"]) or "JSON",
                    value=str(issue["input"])[:80],
                    remedy=f"{issue['msg']}.",
                )
                for issue in error.errors(include_url=False)
            )
        ) from error
