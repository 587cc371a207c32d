"""The projects of a mix as they were chosen: in which version, how much of it, and from when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.services import words
from dashboard.services.question_differences import name_in
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import Project, Version
from portfolio.scenario import Objective
from portfolio.scoring import value
from portfolio.selection import Choice
from portfolio.variants import parts, realized, variants
from portfolio.wording import NO_BREAK, count

MOST_CHANGES = 3
"""Changed projects that a sentence names."""
_SIZES = {"small", "smaller", "large", "larger", "big", "bigger"}
"""Names of versions that say no more than that a version is smaller or larger."""


@dataclass(frozen=True, slots=True)
class As:
    """A project as it was chosen, and what it is worth so, in millionths."""

    choice: Choice
    project: Project
    worth: int


def as_chosen(pool: Pool, objective: Objective, chosen: Iterable[Choice]) -> dict[Choice, As]:
    """Each choice with its project as it runs; NotFoundError for what no candidate's is."""
    ways = realized(pool, dict.fromkeys(chosen))
    worths = value.variant_values(pool, objective, ways)
    return {
        way.choice: As(way.choice, way.project, worth)
        for way, worth in zip(ways, worths, strict=True)
    }


def on_other_data(pool: Pool, chosen: Iterable[Choice]) -> tuple[Choice, ...]:
    """Choices as other data names them: a start is named only where it is open there.

    What was chosen from its first period on is so still when a later start was opened or shut.
    """
    calendar = pool.cluster.calendar
    made = []
    for choice in chosen:
        try:
            project = pool.project(choice.project)
        except NotFoundError:
            made.append(choice)
            continue
        opened = variants(project, calendar)[0].choice.start
        fits = choice.start is None or (opened is None and choice.start == _first(pool, choice))
        made.append(replace(choice, start=opened) if fits else choice)
    return tuple(made)


def projects(pool: Pool, chosen: Iterable[Choice]) -> tuple[Project, ...]:
    """The projects of a mix as they run, in order of id."""
    found = (one.project for one in realized(pool, chosen))
    return tuple(sorted(found, key=lambda project: project.id))


def known(pool: Pool, chosen: Iterable[Choice]) -> dict[str, Project]:
    """Projects of a mix as they run, by id; what the pool does not offer so is left out."""
    found = {}
    for choice in chosen:
        try:
            found[choice.project] = realized(pool, (choice,))[0].project
        except NotFoundError:
            continue
    return found


def most_asked(pool: Pool) -> int:
    """Cents that all candidates ask for, each in the way that asks most."""
    calendar = pool.cluster.calendar
    return sum(
        max(one.project.grant for one in variants(project, calendar)) for project in pool.candidates
    )


def start_label(pool: Pool, choice: Choice) -> str | None:
    """The period in which it starts, where that was open; else None."""
    calendar = pool.cluster.calendar
    open_ = choice.start is not None and 0 <= choice.start < calendar.count
    return calendar.label(choice.start or 0) if open_ else None


def clause(pool: Pool, choice: Choice, mark: words.Mark = str) -> str:
    """How it was chosen otherwise than proposed, as “in its smaller version, starts 2028 H1”."""
    said = [_size(pool, choice, mark)] if choice.version is not None else []
    if choice.start is not None and choice.start != _first(pool, choice):
        said.append(f"starts {start_label(pool, choice)}")
    return ", ".join(said)


def clauses(pool: Pool, chosen: Iterable[Choice], mark: words.Mark = str) -> dict[str, str]:
    """The clause of each project of a mix that was chosen otherwise than proposed, by id."""
    found = {choice.project: clause(pool, choice, mark) for choice in chosen}
    return {project_id: said for project_id, said in found.items() if said}


@dataclass(frozen=True, slots=True)
class Mix:
    """What was chosen, and the data it was chosen from."""

    pool: Pool
    chosen: tuple[Choice, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Ids of its projects."""
        return frozenset(choice.project for choice in self.chosen)


def changes(before: Mix, after: Mix, mark: words.Mark = str) -> dict[str, str]:
    """Projects in both mixes that are chosen otherwise in the later one, by id, each as a clause.

    Such as “now in its smaller version, starts 2028 H1 instead of 2027 H2”. `mark` sets names of
    versions off.
    """
    old = {choice.project: choice for choice in before.chosen}
    found = {}
    for choice in sorted(after.chosen, key=lambda choice: choice.project):
        then = old.get(choice.project)
        if then is not None and (said := _change(before.pool, then, after.pool, choice, mark)):
            found[choice.project] = said
    return found


def same(before: Mix, after: Mix) -> bool:
    """Whether both hold the same projects, each in the same version and from the same period."""
    return before.ids == after.ids and not changes(before, after)


def change_words(before: Mix, after: Mix, mark: words.Mark) -> str:
    """What changes in projects that stay, a sentence each; "" where nothing does."""
    found = changes(before, after, mark)
    told = [
        f"{mark(name_in(after.pool, project_id, before.pool))}: {said}."
        for project_id, said in list(found.items())[:MOST_CHANGES]
    ]
    more = len(found) - len(told)
    if more > 0:
        told.append(f"{count(more, 'more project')} change{'s' if more == 1 else ''} likewise.")
    return " ".join(told)


def _change(old_pool: Pool, then: Choice, pool: Pool, now: Choice, mark: words.Mark) -> str:
    said = []
    if then.version != now.version:
        size = "as proposed" if now.version is None else _size(pool, now, mark)
        said.append(f"now {size}")
    if then.start is not None or now.start is not None:
        starts = [_start(old_pool, then), _start(pool, now)]
        if starts[0] != starts[1]:
            said.append(f"starts {starts[1]} instead of {starts[0]}")
    return ", ".join(said)


def _start(pool: Pool, choice: Choice) -> str:
    return start_label(pool, choice) or pool.cluster.calendar.label(_first(pool, choice))


def _first(pool: Pool, choice: Choice) -> int:
    """The period in which the project as proposed starts."""
    try:
        return pool.project(choice.project).periods(pool.cluster.calendar).start
    except NotFoundError:
        return 0


def _size(pool: Pool, choice: Choice, mark: words.Mark) -> str:
    """The version or part in words: “in its smaller version “Pilot only””, “at 80 %”."""
    name = choice.version or ""
    quoted = mark(f"“{name}”")
    try:
        project = pool.project(choice.project)
    except NotFoundError:
        return f"in its version {quoted}"
    if any(part.name == name for part in parts(project)):
        return f"at {name.replace(' ', NO_BREAK)}"
    version = next((one for one in project.versions if one.name == name), None)
    kind = "version" if version is None else f"{_kind(project, version)} version"
    return f"in its {kind}" if name.casefold() in _SIZES else f"in its {kind} {quoted}"


def _kind(project: Project, version: Version) -> str:
    if version.cost == project.cost:
        return "other"
    return "smaller" if version.cost < project.cost else "larger"
