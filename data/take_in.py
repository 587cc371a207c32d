"""A table and a mapping as projects, with every cell that could not be read and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.build_project import ATTRIBUTES, Row, build_project, is_total
from data.fields import FieldSpec, fields_of
from data.mapping import FieldMap, Mapping, fitted
from data.organizations import Register
from data.parse_date import NotRead
from data.read_cell import Value, read_cell, says_nothing
from data.table import Table, TableGuess, letters
from data.text import cleaned, how_changed, plain, quoted, slug
from portfolio.errors import InputError, Problem
from portfolio.organization import Organization
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.wording import count

_NEVER_NOTHING = {"name", "id"}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file gives. Nothing is written yet.

    `refused`: problems for which a row was not taken in. `unread`: cells left unknown in rows that
    were. `doubts`: rows taken in as they are that deserve a look. `notes`: what was assumed, as
    sentences. `rows` counts the rows of the file that hold anything. `attributes` names what the
    file says of a project; `derived_ids` holds the ids that were made from names; `described` the
    ids of organizations that the file tells more of than a name. `scenario` is the question that a
    .pb file asks.
    """

    projects: tuple[Project, ...]
    organizations: tuple[Organization, ...] = ()
    refused: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    rows: int = 0
    currency: str = ""
    attributes: frozenset[str] = frozenset()
    derived_ids: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    scenario: Scenario | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the file."""
        every = (*self.refused, *self.unread, *self.doubts)
        return tuple(sorted(every, key=lambda problem: problem.row or 0))

    @property
    def ready(self) -> int:
        """How many projects have a cost, so that a mix may hold them."""
        return sum(project.cost_known for project in self.projects)


@dataclass(frozen=True, slots=True)
class _Source:
    """A field with the places of its columns, and what its cells were read as so far."""

    spec: FieldSpec
    entry: FieldMap
    places: tuple[int, ...]
    seen: dict[str, Value | NotRead | None] = field(default_factory=dict)

    def read(self, cell: str, guess: TableGuess) -> Value | NotRead | None:
        """The value of a filled cell, None when it says that nothing is known."""
        if cell not in self.seen:
            nothing = self.spec.name not in _NEVER_NOTHING and says_nothing(cell)
            self.seen[cell] = None if nothing else read_cell(self.spec, self.entry, cell, guess)
        return self.seen[cell]


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of a table, collecting projects and problems."""

    table: Table
    sources: tuple[_Source, ...]
    register: Register
    refused: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    row_of_id: dict[str, int] = field(default_factory=dict)
    row_of_name: dict[str, int] = field(default_factory=dict)
    last_of_base: dict[str, int] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)

    def projects(self) -> Iterator[Project]:
        """The project of each row that can be taken in."""
        told = self._told_ids()
        for index in range(len(self.table.rows)):
            row = self._read(index)
            project_id = self._id(index, row, told)
            if project_id is not None:
                self._note_changes(index, row)
                yield build_project(project_id, row, self.register)

    def _told_ids(self) -> frozenset[str]:
        """Ids that the file gives itself: an id made from a name keeps clear of them."""
        source = next((s for s in self.sources if s.spec.name == "id"), None)
        if source is None:
            return frozenset()
        return frozenset(row[place] for row in self.table.rows for place in source.places)

    def _read(self, index: int) -> Row:
        row = Row({}, lambda name, remedy: self._complain(self.unread, index, name, remedy))
        for source in self.sources:
            name = source.spec.name
            cell = self._cell(index, source)
            row.values[name] = None
            if not cell:
                continue
            value = source.read(cell, self.table.guess)
            if isinstance(value, NotRead):
                row.unread.add(name)
                target = self.refused if name == "name" else self.unread
                self._complain(target, index, name, value.remedy)
            else:
                row.values[name] = value
        return row

    def _cell(self, index: int, source: _Source) -> str:
        place = self._place(index, source)
        return cleaned(source.entry.constant) if place is None else self.table.rows[index][place]

    def _place(self, index: int, source: _Source) -> int | None:
        """Where the cell of a field stands: the first column that is filled; None for a constant."""
        places = source.places
        if len(places) <= 1:
            return places[0] if places else None
        cells = self.table.rows[index]
        return next((place for place in places if cells[place]), places[0])

    def _id(self, index: int, row: Row, told: frozenset[str]) -> str | None:
        """The id of a row, None when the row has to be refused."""
        name, given = row.values.get("name"), row.values.get("id")
        number = self.table.numbers[index]
        if not name:
            if "name" not in row.unread:
                self._complain(self.refused, index, "name", "The name is missing. Write one.")
            return None
        if is_total(name):
            remedy = "This looks like the sum of the list. Rename it if it is a project."
            self._complain(self.refused, index, "name", remedy)
            return None
        if given in self.row_of_id:
            remedy = f"{self._line(self.row_of_id[given])} has this id too. Give each its own."
            self._complain(self.refused, index, "id", remedy)
            return None
        if not given:
            given = self._free_id(slug(name), told)
            self.derived.add(given)
            self._note_namesake(index, name, given)
        self.row_of_id[given] = number
        return str(given)

    def _free_id(self, base: str, told: frozenset[str]) -> str:
        """The first of base, base-2, base-3 … that is no other project's id."""
        number = self.last_of_base.get(base, 0) + 1
        candidate = base if number == 1 else f"{base}-{number}"
        while candidate in self.row_of_id or candidate in told:
            number += 1
            candidate = f"{base}-{number}"
        self.last_of_base[base] = number
        return candidate

    def _note_namesake(self, index: int, name: str, given: str) -> None:
        first = self.row_of_name.setdefault(plain(name), self.table.numbers[index])
        if first != self.table.numbers[index]:
            remedy = f"{self._line(first)} has this name too. Both are kept, this one as “{given}”."
            self._complain(self.doubts, index, "name", remedy)

    def _note_changes(self, index: int, row: Row) -> None:
        """Names and ids that are kept in other characters than the file's are told."""
        for source in self.sources:
            name = source.spec.name
            kept = row.values.get(name)
            if name not in _NEVER_NOTHING or not kept:
                continue
            place, cell = self._place(index, source), self._cell(index, source)
            taken_out = (self.table.numbers[index], place) in self.table.taken_out
            if told := how_changed(cell, kept, taken_out):
                self._complain(self.doubts, index, name, told)

    def _line(self, number: int) -> str:
        columns = self.table.guess.orientation == "columns"
        return f"Column {letters(number)}" if columns else f"Row {number}"

    def _complain(self, target: list[Problem], index: int, name: str, remedy: str) -> None:
        """Report a cell by the place that it has in the file's own program."""
        spec = fields_of("project")[name]
        source = next((s for s in self.sources if s.spec.name == name), None)
        value = "" if source is None else quoted(self._cell(index, source))
        number = self.table.numbers[index]
        if self.table.guess.orientation != "columns":
            target.append(Problem(spec.label, value, remedy, number))
            return
        places = source.places if source else ()
        filled = [p for p in places if self.table.rows[index][p]] or list(places)
        row = self.table.header_numbers[filled[0]] if filled else None
        target.append(Problem(f"{spec.label} (column {letters(number)})", value, remedy, row))


def apply(
    table: Table,
    mapping: Mapping,
    currency: str = "",
    organizations: tuple[Organization, ...] = (),
) -> ImportResult:
    """The projects of a table as the mapping reads it. Nothing is written.

    `currency` stands in where the mapping names none. `organizations` are those that the same file
    describes on a sheet of its own. Raises InputError when no column holds the name, since then
    nothing can be taken in.
    """
    mapping = fitted(mapping, table)
    if mapping.of("name") is None:
        headers = ", ".join(quoted(header, 40) for header in table.header[:12])
        remedy = (
            "Say which column holds the name of the project, or head it Name in the file. "
            f"There are: {headers}."
        )
        raise InputError((Problem("Name", "", remedy),))
    reader = _Reader(table, _sources(mapping, table), Register(organizations))
    projects = tuple(reader.projects())
    doubts = [*_no_cost(mapping), *_long_rows(table), *reader.doubts]
    fed = {source.spec.name for source in reader.sources}
    return ImportResult(
        projects=projects,
        organizations=reader.register.organizations,
        refused=tuple(reader.refused),
        unread=tuple(reader.unread),
        doubts=tuple(doubts),
        notes=(*table.notes, *_notes(mapping, reader, projects)),
        rows=len(table.rows),
        currency=mapping.currency or currency,
        attributes=frozenset(a for name in fed for a in ATTRIBUTES.get(name, (name,))),
        derived_ids=frozenset(reader.derived),
        described=frozenset(organization.id for organization in organizations),
    )


def _sources(mapping: Mapping, table: Table) -> tuple[_Source, ...]:
    places = {header: place for place, header in enumerate(table.header)}
    specs = fields_of("project")
    entries = {entry.field: entry for entry in mapping.fields}
    return tuple(
        _Source(spec, entries[name], tuple(places[h] for h in entries[name].headers))
        for name, spec in specs.items()
        if name in entries
    )


def _no_cost(mapping: Mapping) -> Iterator[Problem]:
    if mapping.of("cost") is None and mapping.of("grant") is None:
        remedy = "No column holds the cost. No mix can hold these projects without one."
        yield Problem("Cost", "", remedy)


def _long_rows(table: Table) -> Iterator[Problem]:
    remedy = "This row has more cells than there are headers. See that each stands in its column."
    return (Problem("Row", "", remedy, number) for number in table.long_rows)


def _notes(mapping: Mapping, reader: _Reader, projects: tuple[Project, ...]) -> Iterator[str]:
    yield from (entry.assumption for entry in mapping.fields if entry.assumption)
    if mapping.of("cost") is None and mapping.of("grant") is not None:
        yield "No column holds the whole cost: the grant stands for it."
    if reader.register.guessed:
        named = count(reader.register.guessed, "organization")
        yield (
            f"The list names no roles: those of {named} are read from words in the name, "
            "the others count as business."
        )
    if not any(p.payoff or p.benefit is not None for p in projects):
        yield "The list says nothing of what the projects are worth."
