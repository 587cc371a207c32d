"""Organizations made from the names in a list: one for each name, however it is spelled."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from data.text import one_line, plain, slug
from portfolio.organization import HelixRole, Organization, SizeClass


class Register:
    """Gives each name its organization; names that differ only in case or accents share one."""

    def __init__(self) -> None:
        self._found: dict[str, Organization] = {}

    def id_of(self, name: str) -> str:
        """The id of the organization with this name, which is added when it is new."""
        key = slug(name)
        if key not in self._found:
            role = guess_role(name)
            size = SizeClass.SMALL if role is None else SizeClass.NOT_A_FIRM
            self._found[key] = Organization(key, one_line(name), role or HelixRole.BUSINESS, size)
        return key

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """All that were named, in order of id."""
        return tuple(sorted(self._found.values(), key=lambda organization: organization.id))


@cache
def _role_words() -> tuple[tuple[HelixRole, tuple[str, ...], tuple[str, ...]], ...]:
    """Roles with the words that begin a word of a name, and those that stand anywhere in it."""
    text = (resources.files("data") / "helix.toml").read_text(encoding="utf-8")
    return tuple(
        (
            HelixRole(entry["role"]),
            tuple(f" {plain(w)}" for w in entry["words"] if not w.startswith("*")),
            tuple(plain(w) for w in entry["words"] if w.startswith("*")),
        )
        for entry in tomllib.loads(text)["role"]
    )


def guess_role(name: str) -> HelixRole | None:
    """The helix role that a name speaks of, None when it speaks of none."""
    words = f" {plain(name)} "
    for role, starts, parts in _role_words():
        if any(start in words for start in starts) or any(part in words for part in parts):
            return role
    return None
