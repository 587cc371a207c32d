"""The board as rows of a table, and the members that written rows make."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.services.cell_columns import lead_words
from data.text import free_id, slug
from portfolio.errors import InputError, Problem
from portfolio.organization import Member
from portfolio.pool import Pool

MOST = 200
LONGEST = 120
Row = tuple[str, str, str, bool]
"""Id ("" for a new member), name, organization as a choice, chair."""


def rows(pool: Pool) -> tuple[Row, ...]:
    """The board as it stands."""
    names = lead_words(pool)
    return tuple(
        (each.id, each.name, names.get(each.organization, each.organization), each.chair)
        for each in pool.members
    )


def build(pool: Pool, written: Sequence[Row]) -> tuple[Member, ...]:
    """The members of written rows; InputError with everything that is wrong with them."""
    by_name = {name: key for key, name in lead_words(pool).items()}
    known = {each.id for each in pool.members}
    problems: list[Problem] = []
    members: list[Member] = []
    taken = set(known)
    if len(written) > MOST:
        raise InputError((Problem("Board", str(len(written)), f"The most is {MOST} members."),))
    for place, (member_id, name, organization, chair) in enumerate(written, start=1):
        clean = name.strip()[:LONGEST]
        if not clean:
            problems.append(Problem("Name", "", "Write a name, or remove the row.", place))
            continue
        own = member_id if member_id in known else free_id(slug(clean), taken)
        taken.add(own)
        members.append(Member(own, clean, by_name.get(organization, organization), chair))
    if len({each.id for each in members}) < len(members):
        problems.append(Problem("Board", "", "A member stands there twice. Remove one."))
    if problems:
        raise InputError(tuple(problems))
    return tuple(members)
