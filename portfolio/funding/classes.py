"""The classes of organizations that co-funding rates and conditions tell apart."""

from __future__ import annotations

from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import Project

CLASSES = ("small", "mid", "large", "academia", "public", "other")
"""Firms by size, research and teaching, public bodies, and everybody else."""
CLASS_WORDS = {
    "small": "a small firm",
    "mid": "a mid-sized firm",
    "large": "a large firm",
    "academia": "a research or teaching organization",
    "public": "a public body",
    "other": "anybody else",
}


def aid_class(organization: Organization | None) -> str:
    """The class of an organization; "other" for one that is not known."""
    if organization is None:
        return "other"
    match organization.role:
        case HelixRole.ACADEMIA:
            return "academia"
        case HelixRole.PUBLIC:
            return "public"
        case HelixRole.BUSINESS if organization.size is not SizeClass.NOT_A_FIRM:
            return organization.size.value
    return "other"


def lead_class(pool: Pool, project: Project) -> str:
    """The class of a project's lead."""
    return aid_class(pool.organization(project.lead))
