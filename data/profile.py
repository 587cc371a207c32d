"""Import profiles as TOML: those that ship with the product, and how a user's own are read."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.fields import fields_of
from data.mapping import NO_MULTIPLIER, FieldMap, Mapping, Profile, coverage
from data.parse_date import DateOrder
from data.parse_number import DecimalMark
from data.table import ENCODINGS, SEPARATORS, Orientation, Table, TableGuess
from portfolio.errors import InputError, NotFoundError, Problem
from portfolio.wording import listed

_ENOUGH = 0.7
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=False)


class _FieldModel(BaseModel):
    model_config = _STRICT
    columns: list[str] = []
    constant: str | int | float | Decimal | bool = ""
    multiplier: Annotated[Decimal, Field(gt=0, le=Decimal(10) ** 12)] = NO_MULTIPLIER
    values: dict[str, str | int | float | bool] = {}
    strict: bool = False
    separator: str = ""
    assumption: str = ""


class _TableModel(BaseModel):
    model_config = _STRICT
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    orientation: Orientation | None = None
    header_row: Annotated[int, Field(ge=1)] | None = None
    first_row: Annotated[int, Field(ge=1)] | None = None
    decimal: DecimalMark | None = None
    date_order: DateOrder | None = None


class _ProfileModel(BaseModel):
    model_config = _STRICT
    name: Annotated[str, Field(min_length=1, max_length=80)]
    title: str = ""
    provenance: str = ""
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    table: _TableModel = _TableModel()
    fields: dict[str, _FieldModel]


def read_profile(text: str) -> Profile:
    """A profile from its TOML text. Raises InputError with every problem in it."""
    try:
        model = _ProfileModel.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError((Problem("profile", "", f"This is not TOML: {error}."),)) from None
    except ValidationError as error:
        raise InputError(tuple(_problem(entry) for entry in error.errors())) from None
    problems = tuple(_faults(model))
    if problems:
        raise InputError(problems)
    entries = tuple(_entry(name, entry) for name, entry in model.fields.items())
    return Profile(
        name=model.name,
        title=model.title,
        provenance=model.provenance,
        mapping=Mapping(entries, model.currency),
        guess=TableGuess(**model.table.model_dump()),
    )


def _problem(entry: Any) -> Problem:
    where = ".".join(str(part) for part in entry["loc"])
    given = entry["input"] if isinstance(entry["input"], (str, int, float)) else ""
    return Problem(where, str(given), f"{entry['msg']}.")


def _faults(model: _ProfileModel) -> list[Problem]:
    known = fields_of("project")
    names = ", ".join(known)
    faults = [
        Problem(f"fields.{name}", name, f"There is no such field. There are: {names}.")
        for name in model.fields
        if name not in known
    ]
    if "name" not in model.fields:
        faults.append(Problem("fields.name", "", "Say which column holds the name of a project."))
    if model.table.encoding not in (None, *ENCODINGS):
        choices = ", ".join(ENCODINGS)
        faults.append(
            Problem("table.encoding", str(model.table.encoding), f"Choose from {choices}.")
        )
    if model.table.separator not in (None, *SEPARATORS):
        remedy = "Choose a comma, a semicolon, a tab or a vertical bar."
        faults.append(Problem("table.separator", str(model.table.separator), remedy))
    return faults


def _entry(name: str, model: _FieldModel) -> FieldMap:
    return FieldMap(
        field=name,
        headers=tuple(model.columns),
        constant=_word(model.constant),
        multiplier=model.multiplier,
        values=tuple((told, _word(meant)) for told, meant in model.values.items()),
        strict=model.strict,
        separator=model.separator,
        assumption=model.assumption,
    )


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@cache
def shipped_profiles() -> dict[str, Profile]:
    """The profiles that come with the product, by name."""
    folder = resources.files("data") / "profiles"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    profiles = (read_profile(file.read_text(encoding="utf-8")) for file in files)
    return {profile.name: profile for profile in profiles}


def shipped_profile(name: str) -> Profile:
    """The shipped profile of this name; NotFoundError with the names there are."""
    profiles = shipped_profiles()
    if name not in profiles:
        raise NotFoundError(f"There is no profile “{name}”. There are {listed(profiles, most=20)}.")
    return profiles[name]


def matching_profile(table: Table, profiles: tuple[Profile, ...] | None = None) -> Profile | None:
    """The profile most of whose columns the table has, None when none fits well enough."""
    candidates = tuple(shipped_profiles().values()) if profiles is None else profiles
    scored = [(coverage(profile.mapping, table), profile) for profile in candidates]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _ENOUGH else None
