"""Several good mixes side by side, in words: how far apart, what they share, where they differ."""

from __future__ import annotations

from dashboard.services.chosen import Mix, change_words
from optimizer import Alternatives, Progress
from portfolio.pool import Pool
from portfolio.selection import Status
from portfolio.wording import count, listed

MOST_NAMES = 8


def progress_words(report: object) -> str:
    """How many are found, while they are looked for."""
    if isinstance(report, Progress) and report.of:
        return f"{report.done} of {count(report.of, 'mix', 'mixes')} found."
    return "Looking for other mixes."


def whole(found: Alternatives, k: int) -> bool:
    """Whether nothing was cut short by time, so that the answer may be kept."""
    proven = all(selection.status is Status.OPTIMAL for selection in found.selections)
    return proven and (found.exhausted or len(found.selections) == k)


def headline(found: Alternatives) -> str:
    """How many there are, and how far apart."""
    number = len(found.selections)
    if number == 1:
        more = "There is no other one" if found.exhausted else "No other one was found in time"
        return f"{more} that differs by {count(found.apart, 'project')} or more."
    end = " There are no others." if found.exhausted else ""
    return (
        f"The {number} best mixes of which any two differ by"
        f" {count(found.apart, 'project')} or more.{end}"
    )


def against(pool: Pool, found: Alternatives, place: int) -> str:
    """What a mix has that the best one lacks, and the other way round."""
    if place == 0:
        return "the best mix"
    enters, leaves = found.change(place)
    best, mix = (Mix(pool, found.selections[k].chosen) for k in (0, place))
    parts = []
    if enters:
        parts.append(f"with {_names(pool, enters)}")
    if leaves:
        parts.append(f"without {_names(pool, leaves)}")
    if changed := change_words(best, mix, str):
        parts.append(changed.removesuffix("."))
    return "; ".join(parts)


def proof(found: Alternatives) -> str:
    """How sure it is that each is the best for its place."""
    unproven = [
        str(place)
        for place, selection in enumerate(found.selections, 1)
        if selection.status is not Status.OPTIMAL
    ]
    if unproven:
        numbers = (
            f"Number {unproven[0]} is"
            if len(unproven) == 1
            else (f"Numbers {listed(unproven)} are")
        )
        return f"{numbers} good, not proven best for its place."
    return "Each is proven best of those that differ enough from all before it."


def in_common(pool: Pool, found: Alternatives) -> str:
    """What all of them hold, and what only some do."""
    if len(found.selections) == 1:
        return ""
    shared, differing = len(found.shared), len(found.differing)
    one = f"{count(shared, 'project stands', 'projects stand')} in each of them"
    return f"{one}; {count(differing, 'project decides', 'projects decide')} between them: " + (
        f"{_names(pool, found.differing)}."
    )


def _names(pool: Pool, ids: frozenset[str]) -> str:
    names = [pool.project(project_id).name or project_id for project_id in sorted(ids)]
    return listed(names, most=MOST_NAMES)
