"""A list on its way in: read, matched, checked and compared; nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.fields import FieldSpec, fields_of
from data.importer import (
    ImportPlan,
    ImportResult,
    Mapping,
    Profile,
    Table,
    TableGuess,
    apply,
    compare,
    organizations_in,
    read_table,
    suggest_mapping,
)
from data.mapping import FieldMap, fitted
from data.pabulib import is_pabulib, read_pabulib
from data.profile import matching_profile, shipped_profiles
from data.text import plain
from portfolio.errors import InputError
from portfolio.pool import Pool
from portfolio.wording import count, listed

FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "pb")
MOST_MEGABYTES = 50
FIRST_FIELDS = (
    *("name", "id", "cost", "grant", "theme", "lead", "status", "start", "end"),
    *("payoff", "p_technical", "benefit"),
)
"""The fields that are always asked for; the others stand below them, folded away when unmatched."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a list gives, and what it would change in a cluster (None where it cannot go there)."""

    result: ImportResult
    plan: ImportPlan | None
    obstacle: str = ""


def asks_itself(content: bytes) -> bool:
    """Whether a file is a whole question of its own (Pabulib), which needs no matching."""
    return is_pabulib(content)


def read(content: bytes, filename: str, told: TableGuess) -> Table:
    """The file as a table. InputError where none can be had."""
    return read_table(content, filename, told)


def profiles(saved: Iterable[Profile]) -> dict[str, Profile]:
    """The profiles to choose from by name: a visitor's own, then those that ship."""
    return {profile.name: profile for profile in saved} | {
        f"{name} (shipped)": profile for name, profile in shipped_profiles().items()
    }


def fitting(table: Table, known: dict[str, Profile]) -> str:
    """The name of the profile that a table fits, "" when none does."""
    found = matching_profile(table, tuple(known.values()))
    return next((name for name, profile in known.items() if profile is found), "")


def matched(table: Table, profile: Profile | None) -> Mapping:
    """The mapping to begin with: a profile's in the table's own headers, else what headers suggest."""
    return suggest_mapping(table) if profile is None else fitted(profile.mapping, table)


def named(name: str, mapping: Mapping, guess: TableGuess) -> Profile:
    """A mapping as a profile to keep. What belongs to one file alone (its sheet) is left out."""
    return Profile(
        name=name.strip(),
        provenance="Saved from an import.",
        mapping=mapping,
        guess=replace(guess, sheet=None, first_row=None),
    )


def check(content: bytes, table: Table | None, mapping: Mapping, pool: Pool | None) -> Checked:
    """Take the whole list in, without writing; compare it with what a cluster holds.

    `table` is None for a file that asks a question itself.
    """
    if table is None:
        result = read_pabulib(content)
    else:
        organizations, problems = organizations_in(content)
        result = apply(
            table, mapping, pool.cluster.currency if pool else "", organizations=organizations
        )
        result = replace(result, unread=(*result.unread, *problems))
    return compared(result, pool)


def compared(result: ImportResult, pool: Pool | None) -> Checked:
    """The result with what it would change in a pool."""
    if pool is None:
        return Checked(result, None, "There is no cluster yet.")
    try:
        return Checked(result, compare(pool, result))
    except InputError as error:
        return Checked(result, None, str(error))


def headline(result: ImportResult) -> str:
    """How many rows are ready, as a sentence."""
    ready, refused = len(result.projects), result.rows - len(result.projects)
    if not result.rows:
        return "This list holds no project."
    if not refused:
        return f"All {count(result.rows, 'row')} are ready." if ready > 1 else "The row is ready."
    return f"{count(ready, 'row')} {_are(ready)} ready, {refused:,} {_need(refused)} you."


def context(result: ImportResult) -> str:
    """One plain sentence: cells that stay unknown, and projects that no mix can hold yet."""
    parts = []
    if result.unread:
        parts.append(
            f"{count(len(result.unread), 'cell')} could not be read and would stay unknown."
        )
    waiting = len(result.projects) - result.ready
    if waiting:
        parts.append(f"{waiting:,} {'lacks' if waiting == 1 else 'lack'} a cost.")
    return " ".join(parts) or "Every cell could be read."


def plan_words(plan: ImportPlan) -> str:
    """What an import would do to a cluster, as a sentence."""
    if not plan.writes:
        return "It changes nothing: all of it is stored already."
    parts = []
    if plan.new:
        parts.append(f"adds {count(len(plan.new), 'project')}")
    if plan.changed:
        changed = len(plan.changed)
        parts.append(f"changes {f'{changed:,}' if plan.new else count(changed, 'project')}")
    if plan.new_organizations:
        parts.append(f"adds {count(len(plan.new_organizations), 'organization')}")
    if plan.changed_organizations:
        parts.append(f"changes {count(len(plan.changed_organizations), 'organization')}")
    same = len(plan.unchanged)
    left = f", and leaves {count(same, 'project')} as {_they_are(same)}" if same else ""
    sentence = f"It {listed(parts)}{left}."
    if plan.gone:
        gone = len(plan.gone)
        stay = "stays" if gone == 1 else "stay"
        sentence += f" {count(gone, 'stored project')} {_are(gone)} not in the list and {stay}."
    return sentence


def belongs(plan: ImportPlan, pool: Pool) -> bool:
    """Whether a list is one of this cluster's: they share a project's id or name, or it has none yet."""
    if plan.changed or plan.unchanged or not pool.projects:
        return True
    stored = {plain(project.name) for project in pool.projects}
    return any(plain(project.name) in stored for project in plan.new)


def plan_label(plan: ImportPlan) -> str:
    """The button that does it: projects where there are any, else the organizations alone."""
    projects = len(plan.new) + len(plan.changed)
    if plan.organizations and not projects:
        return f"Import the {count(len(plan.organizations), 'organization')}"
    return f"Import the {count(projects, 'project')}"


def taken_words(plan: ImportPlan) -> str:
    """What an import writes, each kind by its number; "" when it writes nothing."""
    kinds = (
        (len(plan.new), "new project"),
        (len(plan.changed), "changed project"),
        (len(plan.new_organizations), "new organization"),
        (len(plan.changed_organizations), "changed organization"),
    )
    return listed(count(number, what) for number, what in kinds if number)


def specs() -> dict[str, FieldSpec]:
    """The fields that a column may feed, by name."""
    return fields_of("project")


def matched_words(mapping: Mapping, table: Table) -> str:
    """How many columns are used, as a sentence."""
    used = {header for entry in mapping.fields for header in entry.headers}
    return f"{len(used)} of {count(len(table.header), 'column')} are matched."


def examples(table: Table, entry: FieldMap | None, most: int = 3) -> tuple[str, ...]:
    """The first different cells that feed a field."""
    if entry is None or not entry.headers:
        return (entry.constant,) if entry and entry.constant else ()
    cells = (cell for header in entry.headers for cell in table.column(header)[:500] if cell)
    return tuple(dict.fromkeys(cells))[:most]


def _they_are(number: int) -> str:
    return "it is" if number == 1 else "they are"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _need(number: int) -> str:
    return "needs" if number == 1 else "need"
