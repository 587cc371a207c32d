"""Which column of a table feeds which field, with units, constants and value maps: all of it editable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from data.table import Table, TableGuess
from data.text import plain

NO_MULTIPLIER = Decimal(1)


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Where one field comes from.

    `headers`: the columns, and in each row the first filled one counts. A header that ends in *
    stands for every header that begins so. `constant` gives the same value to every row when no
    column is named. `multiplier` makes currency units of amounts (1000000 for £m). `values` are
    pairs of what the file says and what it stands for; with `strict`, a value outside them is not
    read and is reported. `separator` takes lists in one cell apart. `assumption` says in a sentence
    what is assumed here; it is shown with every result.
    """

    field: str
    headers: tuple[str, ...] = ()
    constant: str = ""
    multiplier: Decimal = NO_MULTIPLIER
    values: tuple[tuple[str, str], ...] = ()
    strict: bool = False
    separator: str = ""
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of a table become the fields of projects; `currency` is an ISO code or ""."""

    fields: tuple[FieldMap, ...] = ()
    currency: str = ""

    def of(self, name: str) -> FieldMap | None:
        """The map of a field, None when nothing feeds it."""
        return next((entry for entry in self.fields if entry.field == name), None)

    def with_field(self, entry: FieldMap) -> Mapping:
        """The same mapping with one field fed anew; an entry that names no source clears it."""
        others = tuple(old for old in self.fields if old.field != entry.field)
        told = bool(entry.headers or entry.constant)
        return replace(self, fields=(*others, entry) if told else others)


@dataclass(frozen=True, slots=True)
class Profile:
    """A mapping with a name, kept for the next list of the same kind.

    `guess` holds what it knows of the file itself; `provenance` says from what it was written.
    """

    name: str
    title: str = ""
    provenance: str = ""
    mapping: Mapping = field(default_factory=Mapping)
    guess: TableGuess = field(default_factory=TableGuess)


def fitted(mapping: Mapping, table: Table) -> Mapping:
    """The mapping in the exact headers of a table; fields whose columns it lacks are left out."""
    entries = (replace(entry, headers=_present(entry, table)) for entry in mapping.fields)
    return replace(mapping, fields=tuple(e for e in entries if e.headers or e.constant))


def _present(entry: FieldMap, table: Table) -> tuple[str, ...]:
    by_words: dict[str, list[str]] = {}
    for header in table.header:
        by_words.setdefault(plain(header), []).append(header)
    found: dict[str, None] = {}
    for wanted in entry.headers:
        if wanted in table.header:
            matches = [wanted]
        elif wanted.endswith("*"):
            start = plain(wanted)
            matches = [h for words, hs in by_words.items() if words.startswith(start) for h in hs]
        else:
            matches = by_words.get(plain(wanted), [])
        found.update(dict.fromkeys(matches))
    return tuple(found)


def coverage(mapping: Mapping, table: Table) -> float:
    """The share of a mapping's fields fed by columns whose columns a table has; 0 without a name."""
    wanted = [entry for entry in mapping.fields if entry.headers]
    present = {entry.field for entry in fitted(mapping, table).fields if entry.headers}
    if not wanted or "name" not in present:
        return 0.0
    return len(present) / len(wanted)
