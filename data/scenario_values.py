"""Amounts, shares, dates and names as a scenario file may write them, each checked with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.units import to_cents

MOST = Decimal(10) ** 15
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+(_\d+)*)(\.\d+)?([eE][+-]?\d{1,3})?")


def fault(remedy: str) -> PydanticCustomError:
    """An error whose whole message is the remedy that the user reads."""
    return PydanticCustomError("fault", "{remedy}", {"remedy": remedy})


def pool_of(info: ValidationInfo) -> Pool:
    """The pool that the file is read for."""
    pool: Pool = info.context["pool"]  # type: ignore[index]
    return pool


def plain_decimal(text: str) -> Decimal | None:
    """The number that a text is: 1500000, 1_500_000 or 1,500,000.00; None for any other text.

    >>> plain_decimal("1,500,000.00"), plain_decimal("1,50"), plain_decimal("12k")
    (Decimal('1500000.00'), None, None)
    """
    if len(text) > 60 or not _NUMBER.fullmatch(text.strip()):
        return None
    return Decimal(text.strip().replace(",", "").replace("_", ""))


def number(value: Any) -> Decimal:
    """An exact, finite number of a bearable size, from a TOML number or a quoted one.

    Floats never reach this: the file is read with decimals.
    """
    if isinstance(value, str):
        value = plain_decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault("Write a number, such as 1500000, 1_500_000 or “1,500,000.00”.")
    exact = Decimal(value)
    if not exact.is_finite():
        raise fault("Write a finite number.")
    if exact.copy_abs() > MOST:
        raise fault("This is more than a million billions; write a smaller number.")
    if exact.as_tuple().exponent < -18:  # type: ignore[operator]  # finite: the exponent is an int
        raise fault("Write at most 18 decimals.")
    return exact


def cents(value: Any) -> int:
    """Integer cents from currency units with at most two decimals."""
    exact = number(value)
    if exact != exact.quantize(Decimal("0.01")):
        raise fault("Write an amount with at most two decimals.")
    return to_cents(exact)


def _not_negative(value: Any) -> Any:
    if value < 0:
        raise fault("Write 0 or more.")
    return value


def _share(value: Any) -> Decimal:
    exact = number(value)
    if not 0 <= exact <= 1:
        raise fault("A share lies between 0 and 1: write 0.3 for 30 %.")
    return exact


def _whole(value: Any) -> int:
    exact = number(value)
    if exact != exact.to_integral_value() or exact < 0:
        raise fault("Write a whole number, 0 or more.")
    return int(exact)


def _day(value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise fault("Write a date as 2027-01-31.") from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise fault("Write a date as 2027-01-31.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("Write text in quotes.")
    return value


def _name(value: Any) -> str:
    text = _text(value)
    if not text.strip():
        raise fault("Write at least one letter or digit.")
    return text


def nearest(value: str, names: Iterable[str]) -> str:
    """“ Nearest: …” for a name that is close to known ones, else what there is, else nothing."""
    known = list(names)
    lowered = {name.casefold(): name for name in known}
    close = get_close_matches(value.casefold(), list(lowered), n=3, cutoff=0.6)
    if close:
        return f" Nearest: {_quoted(lowered[name] for name in close)}."
    return f" There are: {_quoted(known)}." if 0 < len(known) <= 12 else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def one_of(value: Any, names: Iterable[str], what: str) -> str:
    """`value` when it is one of `names`, else an error that offers the nearest."""
    text = _text(value)
    known = list(names)
    if text not in known:
        raise fault(f"This is no {what}.{nearest(text, known)}")
    return text


def _candidate(value: Any, info: ValidationInfo) -> str:
    text = _text(value)
    ids = [project.id for project in pool_of(info).candidates]
    if text not in set(ids):
        raise fault(f"No proposal has this id.{nearest(text, ids)}")
    return text


def _project(value: Any, info: ValidationInfo) -> str:
    text = _text(value)
    ids = [project.id for project in pool_of(info).projects]
    if text not in set(ids):
        raise fault(f"No project has this id.{nearest(text, ids)}")
    return text


def _filled(value: list[Any]) -> list[Any]:
    if not value:
        raise fault("Name at least one.")
    return value


def period_labels(cluster: Cluster) -> list[str]:
    """The names of the cluster's periods, in order."""
    return [cluster.calendar.label(period) for period in range(cluster.calendar.count)]


Cents = Annotated[int, BeforeValidator(cents), AfterValidator(_not_negative)]
Number = Annotated[Decimal, BeforeValidator(number)]
Amount = Annotated[Decimal, BeforeValidator(number), AfterValidator(_not_negative)]
Share = Annotated[Decimal, BeforeValidator(_share)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_name)]
Candidate = Annotated[str, BeforeValidator(_candidate)]
AnyProject = Annotated[str, BeforeValidator(_project)]
Candidates = Annotated[list[Candidate], AfterValidator(_filled)]
AnyProjects = Annotated[list[AnyProject], AfterValidator(_filled)]
