"""What the form of a rule holds, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from portfolio.errors import Problem
from portfolio.funding.rules import EVERY, Measure, Rule
from portfolio.pool import Pool

MOST_AMOUNT = 10**13
LONGEST = 300
Aid = tuple[str, date | None, float | None]
"""A row of a ledger: an organization's id, the day, and the amount in whole units."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds. Shares are per cent, money whole units; None is left empty.

    `amounts` are of a resource: one for the whole time, or one a period. `condition` is what an
    admission measures, `classes` the classes of lead that it is for. `granted` are rows of a
    ledger: organization, day and amount. `worth` is in what the aim counts.
    `share` is of a grant by which it may be overrun, or of the outcomes that are worst.
    """

    attribute: str = "theme"
    value: str = EVERY
    measure: Measure = "money share"
    at_least: float | None = None
    at_most: float | None = None
    limit: float | None = None
    resource: str = ""
    amounts: tuple[float, ...] = ()
    projects: tuple[str, ...] = ()
    project: str = ""
    count: int | None = None
    condition: str = "partners"
    classes: tuple[str, ...] = ()
    years: int | None = None
    granted: tuple[Aid, ...] = ()
    worth: float | None = None
    share: float | None = None
    outcomes: int = 1_000
    seed: int = 1
    sentence: str = ""
    origin: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


Builder = Callable[[Fields, Pool, dict[str, Any], list[Problem]], Rule | None]
"""Makes a rule of fields and of what every rule carries; tells problems where it cannot."""


def some_projects(projects: Collection[str], problems: list[Problem], least: int = 1) -> None:
    """Tell a problem where fewer projects are named than a rule needs."""
    if len(projects) < least:
        words = "one project" if least == 1 else f"{least} projects"
        problems.append(Problem("Projects", "", f"Choose at least {words}."))
