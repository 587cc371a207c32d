"""The columns of the list that a person may edit, and the choices in them.

Cells are plain values: text, numbers in whole units, per cent 0 to 100, days as ISO text, yes or no;
None is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.pool import Pool
from portfolio.project import ProjectStatus, Scope

Cell = str | int | float | bool | None
Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column to edit: its name in the project, its label, and the kind of its cells."""

    name: str
    label: str
    kind: str


COLUMNS = (
    Column("name", "Name", "text"),
    Column("status", "Status", "choice"),
    Column("theme", "Theme", "text"),
    Column("lead", "Lead", "lead"),
    Column("cost", "Cost", "money"),
    Column("grant", "Grant asked", "money"),
    Column("payoff_low", "Payoff, low", "money"),
    Column("payoff", "Payoff, likely", "money"),
    Column("payoff_high", "Payoff, high", "money"),
    Column("p_technical", "Technical success", "percent"),
    Column("p_commercial", "Commercial success", "percent"),
    Column("launch_cost", "Launch cost", "money"),
    Column("months_to_payoff", "Months to payoff", "whole"),
    Column("start", "Start", "day"),
    Column("end", "End", "day"),
    Column("scope", "Scope", "choice"),
    Column("technology", "Technology", "text"),
    Column("region", "Region", "text"),
    Column("international", "International", "flag"),
    Column("newcomer", "Newcomer", "flag"),
    Column("versions", "Versions", "versions"),
    Column("least_share", "Least share", "share"),
    Column("latest_start", "Latest start", "day"),
    Column("waiting_loss", "Loss by waiting", "share"),
    Column("first_grant", "First grant", "money"),
    Column("first_periods", "Periods of the first stage", "periods"),
    Column("first_chance", "Chance to pass the gate", "percent"),
)
BY_NAME = {column.name: column for column in COLUMNS}
CHOICES = {"status": tuple(s.value for s in ProjectStatus), "scope": tuple(s.value for s in Scope)}


def lead_words(pool: Pool) -> dict[str, str]:
    """Organizations as choices, by id: the name, with the id where names are equal."""
    names = Counter(organization.name for organization in pool.organizations)
    return {
        each.id: each.name if names[each.name] == 1 and each.name else f"{each.name} ({each.id})"
        for each in pool.organizations
    }
