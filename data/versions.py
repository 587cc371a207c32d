"""The versions of a project in one cell, as “small: 600000 @ 0.72; large: 1500000 / 1200000 @ 1.3”."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from data.parse_date import NotRead
from data.parse_number import DecimalMark, read_number
from data.text import parted
from portfolio.project import Project, Version
from portfolio.variants import parts

FORM = (
    "Write names, costs and shares of the worth, as small: 600000 @ 0.72; "
    "large: 1500000 / 1200000 @ 1.3."
)
IN_PROPORTION = -1
"""Stands for a grant in proportion to the project's own, until that is known."""

Money = Callable[[str], int | NotRead]


def read_versions(cell: str, money: Money, mark: DecimalMark) -> tuple[Version, ...] | NotRead:
    """The versions of a cell; `money` reads an amount as cents.

    A share may be written in per cent, 72 % for 0.72.
    """
    found = []
    for item in parted(cell, ";"):
        name, _, rest = item.rpartition(":")
        amounts, _, share = rest.partition("@")
        cost_text, _, grant_text = amounts.partition("/")
        cost = money(cost_text.strip())
        grant = money(grant_text.strip()) if grant_text.strip() else IN_PROPORTION
        if grant_text.strip() and isinstance(grant, int) and grant < 0:
            return NotRead("A grant lies between 0 and its cost, a share from 0 on.")
        worth = _share(share.strip(), mark)
        stated = not (isinstance(cost, NotRead) or isinstance(grant, NotRead) or worth is None)
        if not (stated and name.strip()):
            return NotRead(FORM)
        found.append(Version(name.strip(), cost, grant, worth))  # type: ignore[arg-type]
    return tuple(found)


def with_grants(
    found: Iterable[Version], cost: int | None, grant: int | None, least_share: Decimal | None
) -> tuple[Version, ...] | NotRead:
    """The versions of a project of this cost and grant, those without a grant in proportion.

    None may have the name of a part of the project, as a mix would tell it.
    """
    part = Fraction(grant, cost) if cost and grant is not None else Fraction(1)
    made = []
    for one in found:
        asked = round(one.cost * part) if one.grant == IN_PROPORTION else one.grant
        if not 0 <= asked <= one.cost or one.worth < 0:
            return NotRead("A grant lies between 0 and its cost, a share from 0 on.")
        made.append(replace(one, grant=asked))
    if len({one.name for one in made}) < len(made):
        return NotRead("Give each version its own name.")
    taken = {part.name for part in parts(Project("", "", least_share=least_share))}
    if any(one.name in taken for one in made):
        return NotRead("A part of the project has this name. Give the version another.")
    return tuple(made)


def _share(text: str, mark: DecimalMark) -> Decimal | None:
    number = read_number(text.removesuffix("%").strip(), mark)
    if isinstance(number, NotRead):
        return None
    return number / 100 if text.endswith("%") else number
