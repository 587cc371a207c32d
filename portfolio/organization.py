"""An organization that leads or joins projects, and the people who judge them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HelixRole(StrEnum):
    """Triple-helix role of an organization, and the three roles beside it."""

    BUSINESS = "business"
    ACADEMIA = "academia"
    PUBLIC = "public"
    ASSOCIATION = "association"
    FINANCE = "finance"
    CIVIL_SOCIETY = "civil society"


class SizeClass(StrEnum):
    """Size class that funding rules tell apart."""

    SMALL = "small"
    MID = "mid"
    LARGE = "large"
    NOT_A_FIRM = "not a firm"


@dataclass(frozen=True, slots=True)
class Organization:
    """A member or partner of the cluster.

    `group` names the single undertaking it belongs to: linked companies share one, and "" means
    that it stands alone. `newcomer`: it has not led a funded project here before.
    """

    id: str
    name: str
    role: HelixRole = HelixRole.BUSINESS
    size: SizeClass = SizeClass.SMALL
    group: str = ""
    sector: str = ""
    region: str = ""
    country: str = ""
    newcomer: bool = False
    on_board: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the board: who judges, and for whom they work ("" when for nobody here)."""

    id: str
    name: str
    organization: str = ""
    chair: bool = False
