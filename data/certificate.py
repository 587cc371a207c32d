"""A certificate: an answer with all that is needed to check it, as canonical JSON with its hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from data.checks import must_be_fit, pool_problems, scenario_problems
from data.codec import canonical, plain, pool_from_json, scenario_from_json, selection_from_json
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection

Value = TypeVar("Value")
FORMAT = "clusterfolio certificate 1"
LARGEST = 256 * 1024 * 1024
"""Bytes that a certificate may have."""
_PARTS = ("format", "pool", "scenario", "selection", "versions", "sha256")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A question with its answer, as they were written down.

    `versions` are of the programs that answered. `told` is the hash that the file states and
    `computed` that of its content, both SHA-256 as hexadecimal digits.
    """

    pool: Pool
    scenario: Scenario
    selection: Selection
    versions: Mapping[str, str]
    told: str
    computed: str

    @property
    def untouched(self) -> bool:
        """Whether the content is the one that was hashed."""
        return self.told == self.computed


def write_certificate(
    pool: Pool, scenario: Scenario, selection: Selection, versions: Mapping[str, str]
) -> str:
    """The certificate as text: one line of canonical JSON, keys sorted.

    How long the search took is left out: the same answer gives the same certificate. `sha256` is
    the hash of the canonical JSON of all other keys.
    """
    content: dict[str, Any] = {
        "format": FORMAT,
        "pool": plain(pool),
        "scenario": plain(scenario),
        "selection": plain(replace(selection, seconds=0.0)),
        "versions": dict(versions),
    }
    return canonical({**content, "sha256": _hash(content)}) + "\n"


def read_certificate(content: bytes) -> Certificate:
    """The certificate in a file; InputError names everything that is wrong with its form."""
    document = _document(content)
    missing = [part for part in _PARTS if part not in document]
    if missing or document["format"] != FORMAT:
        remedy = f"This is no certificate of Clusterfolio: it needs {', '.join(_PARTS)}."
        raise InputError((Problem("FILE", ", ".join(missing), remedy),))
    told, versions = document.pop("sha256"), document["versions"]
    if not isinstance(told, str) or not isinstance(versions, dict):
        raise InputError((Problem("FILE", "", "Its hash or its versions cannot be read."),))
    pool = _part(document, "pool", pool_from_json)
    scenario = _part(document, "scenario", scenario_from_json)
    selection = _part(document, "selection", selection_from_json)
    must_be_fit((*pool_problems(pool), *scenario_problems(scenario)))
    return Certificate(
        pool,
        scenario,
        selection,
        {str(name): str(version) for name, version in versions.items()},
        told,
        _hash(document),
    )


def _part(document: dict[str, Any], name: str, read: Callable[[str], Value]) -> Value:
    """A part of the certificate; its problems name the part that they lie in."""
    try:
        return read(json.dumps(document[name]))
    except InputError as error:
        raise InputError(
            tuple(
                replace(
                    problem, field=name if problem.field == "JSON" else f"{name}.{problem.field}"
                )
                for problem in error.problems
            )
        ) from None


def _document(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise InputError((Problem("FILE", "", "A certificate is never as large as this file."),))
    try:
        document = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        remedy = "This is no certificate: it cannot be read as JSON."
        raise InputError((Problem("FILE", "", remedy),)) from None
    if not isinstance(document, dict):
        raise InputError((Problem("FILE", "", "This is no certificate: it is no JSON object."),))
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _hash(content: Mapping[str, Any]) -> str:
    return sha256(canonical(content).encode()).hexdigest()
