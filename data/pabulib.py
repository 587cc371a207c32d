"""Participatory budgets in Pabulib's .pb format: projects, ballots and a budget are a whole question.

Format: Faliszewski et al., Participatory Budgeting: Data, Tools and Analysis, IJCAI 2023.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from data.parse_date import NotRead
from data.parse_number import read_money
from data.read_table import TAKEN_OUT
from data.read_text import decoded
from data.take_in import ImportResult
from data.text import cleaned, hidden, how_changed, one_line, quoted
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import TotalBudget
from portfolio.project import Project
from portfolio.scenario import TOTAL_BUDGET_ID, Objective, Scenario
from portfolio.units import to_cents
from portfolio.wording import count

_SECTIONS = ("META", "PROJECTS", "VOTES")
_THEMES = ("category", "categories", "target", "targets", "beneficiaries")
_PLACES = ("district", "neighborhood", "region")


@dataclass(slots=True)
class _Section:
    """The rows of one section with their numbers in the file."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row by the names of its header; a cell “None” is empty."""
        for number, row in self.rows:
            cells = ("" if cell.strip().lower() == "none" else cell.strip() for cell in row)
            yield number, dict(zip(self.header, cells, strict=False))


def is_pabulib(content: bytes) -> bool:
    """Whether a file begins as Pabulib files do, with a line that says META."""
    return (
        content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].split(b"\n")[0].strip().upper()
        == b"META"
    )


def read_pabulib(content: bytes) -> ImportResult:
    """The projects with their ballot support as benefit, and the question that the file asks.

    Support adds up over ballots: one for each ballot that names the project (approval, choose-1),
    its points (cumulative, scoring), or its Borda score, the number of projects ranked below it on
    the ballot (ordinal). Raises InputError when META, PROJECTS or the budget is missing.
    """
    raw = decoded(content, None)[0]
    sections = _sections(cleaned(raw))
    meta = {row[0].strip(): row[1].strip() for _, row in sections["META"].rows if len(row) > 1}
    budget = _budget(meta)
    refused: list[Problem] = []
    projects = tuple(_projects(sections["PROJECTS"], refused))
    if not projects:
        raise InputError((*refused, Problem("PROJECTS", "", "There is no project in this file.")))
    unread: list[Problem] = []
    support = _support(sections["VOTES"], meta, {project.id for project in projects}, unread)
    name = " ".join(filter(None, (meta.get("unit"), meta.get("subunit"), meta.get("instance"))))
    rule = TotalBudget(id=TOTAL_BUDGET_ID, limit=budget, origin="the budget of the file")
    return ImportResult(
        projects=tuple(_with_support(project, support) for project in projects),
        refused=tuple(refused),
        unread=tuple(unread),
        doubts=tuple(_changed(sections["PROJECTS"], raw)),
        notes=(
            f"Benefit is ballot support: {count(len(sections['VOTES'].rows), 'ballot')}.",
            *((TAKEN_OUT,) if hidden(raw) else ()),
        ),
        rows=len(sections["PROJECTS"].rows),
        currency=meta.get("currency", "")[:3].upper(),
        attributes=frozenset({"name", "cost", "grant", "benefit", "theme", "region", "summary"}),
        scenario=Scenario(name=name, objective=Objective(aim="benefit"), rules=(rule,)),
    )


def _sections(text: str) -> dict[str, _Section]:
    sections = {name: _Section() for name in _SECTIONS}
    current: _Section | None = None
    reader = csv.reader(StringIO(text, newline=""), delimiter=";")
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            first = row[0].strip().upper() if len(row) == 1 else ""
            if first in _SECTIONS:
                current = sections[first]
            elif current is not None and any(cell.strip() for cell in row):
                if current.header:
                    current.rows.append((number, row))
                else:
                    current.header = [cell.strip().lower() for cell in row]
    except csv.Error:
        raise _refused(
            "This row cannot be taken apart. Look for a stray quotation mark.", number + 1
        ) from None
    missing = [name for name in ("META", "PROJECTS") if not sections[name].rows]
    if missing:
        raise _refused(f"A Pabulib file needs the section {' and '.join(missing)}.")
    return sections


def _changed(section: _Section, raw: str) -> Iterator[Problem]:
    """Names and ids that are kept in other characters than the file's."""
    was: dict[int, dict[str, str]] = {}
    if hidden(raw):
        with suppress(InputError):
            was = dict(_sections(raw)["PROJECTS"].records())
    for number, record in section.records():
        for key in ("project_id", "name"):
            cell = record.get(key, "")
            kept = one_line(cell) if key == "name" else cell
            taken_out = hidden(was.get(number, {}).get(key, "")) > 0
            if told := how_changed(cell, kept, taken_out):
                yield Problem(key, quoted(cell), told, number)


def _budget(meta: dict[str, str]) -> int:
    amount = _amount(meta.get("budget", ""))
    if isinstance(amount, NotRead) or amount < 0:
        remedy = "META has to say the budget, as budget;100000."
        raise InputError((Problem("budget", meta.get("budget", ""), remedy),))
    return to_cents(amount)


def _amount(text: str) -> Decimal | NotRead:
    """An amount; the format groups no thousands, so a comma is a decimal mark too."""
    return read_money(text.replace(",", "."), ".")


def _projects(section: _Section, refused: list[Problem]) -> Iterator[Project]:
    row_of: dict[str, int] = {}
    for number, record in section.records():
        project_id = record.get("project_id", "")
        cost = _amount(record.get("cost", ""))
        if not project_id:
            refused.append(Problem("project_id", "", "The id is missing. Write one.", number))
        elif project_id in row_of:
            remedy = f"Row {row_of[project_id]} has this id too. Give each its own."
            refused.append(Problem("project_id", project_id, remedy, number))
        elif isinstance(cost, NotRead) or cost < 0:
            remedy = cost.remedy if isinstance(cost, NotRead) else "A cost is never below zero."
            refused.append(Problem("cost", quoted(record.get("cost", "")), remedy, number))
        else:
            row_of[project_id] = number
            yield _project(project_id, to_cents(cost), record)


def _project(project_id: str, cents: int, record: dict[str, str]) -> Project:
    """A project of the file. Its theme is the first of its categories, else of its targets."""
    listed = [(key, _items(record[key])) for key in _THEMES if record.get(key)]
    summary = "; ".join(f"{key}: {', '.join(items)}" for key, items in listed)
    return Project(
        id=project_id,
        name=one_line(record.get("name", "")) or project_id,
        cost=cents,
        grant=cents,
        summary=summary,
        theme=next((items[0] for _, items in listed if items), ""),
        region=next((one_line(record[key]) for key in _PLACES if record.get(key)), ""),
    )


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(",") if item.strip()]


Ballot = dict[str, Fraction]


def _support(
    section: _Section, meta: dict[str, str], known: set[str], unread: list[Problem]
) -> dict[str, Fraction]:
    """The support of each project over all ballots; names that no project has are reported."""
    read = _BALLOTS.get(meta.get("vote_type", "approval").lower())
    if read is None:
        remedy = f"Write one of {', '.join(_BALLOTS)}."
        raise InputError((Problem("vote_type", meta["vote_type"], remedy),))
    default = _default_score(meta)
    support = dict.fromkeys(known, Fraction(0))
    for number, record in section.records():
        ballot = read(record)
        if ballot is None:
            shown = quoted(record.get("points", ""))
            unread.append(Problem("points", shown, "Write a number for each project.", number))
            continue
        for project_id, points in ballot.items():
            if project_id in known:
                support[project_id] += points - default
            else:
                remedy = "No project has this id. The rest of the ballot counts."
                unread.append(Problem("vote", quoted(project_id), remedy, number))
    everyone = default * len(section.rows)
    return {project_id: points + everyone for project_id, points in support.items()}


def _default_score(meta: dict[str, str]) -> Fraction:
    """What a scoring ballot gives to projects it does not name: META's default_score, else nothing."""
    if meta.get("vote_type", "").lower() != "scoring":
        return Fraction(0)
    score = _amount(meta.get("default_score") or "0")
    return Fraction(0) if isinstance(score, NotRead) else Fraction(score)


def _approval(record: dict[str, str]) -> Ballot | None:
    return dict.fromkeys(_items(record.get("vote", "")), Fraction(1))


def _points(record: dict[str, str]) -> Ballot | None:
    names, points = _items(record.get("vote", "")), _items(record.get("points", ""))
    scores = [_amount(item) for item in points]
    if len(names) != len(scores):
        return None
    ballot: Ballot = {}
    for name, score in zip(names, scores, strict=True):
        if isinstance(score, NotRead):
            return None
        ballot[name] = Fraction(score)
    return ballot


def _borda(record: dict[str, str]) -> Ballot | None:
    names = list(dict.fromkeys(_items(record.get("vote", ""))))
    return {name: Fraction(len(names) - 1 - place) for place, name in enumerate(names)}


_BALLOTS: dict[str, Callable[[dict[str, str]], Ballot | None]] = {
    "approval": _approval,
    "choose-1": _approval,
    "cumulative": _points,
    "scoring": _points,
    "ordinal": _borda,
}


def _with_support(project: Project, support: dict[str, Fraction]) -> Project:
    return replace(project, benefit=float(support[project.id]))


def _refused(remedy: str, row: int | None = None) -> InputError:
    return InputError((Problem("file", "", remedy, row),))
