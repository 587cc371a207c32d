"""Organizations made from the names in a list: one for each name, however it is spelled."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from data.text import free_id, one_line, plain, slug
from portfolio.organization import HelixRole, Organization, SizeClass


class Register:
    """Gives each name its organization; names that differ only in case or accents share one.

    `known` are organizations that are described elsewhere.
    """

    def __init__(self, known: tuple[Organization, ...] = ()) -> None:
        self._by_name = {slug(organization.name): organization for organization in known}
        self._ids = {organization.id for organization in known}
        self.guessed = 0

    def id_of(self, name: str) -> str:
        """The id of the organization with this name, which is added when it is new."""
        key = slug(name)
        if key not in self._by_name:
            self._by_name[key] = self._made(key, one_line(name))
        return self._by_name[key].id

    def _made(self, key: str, name: str) -> Organization:
        own = free_id(key, self._ids)
        self._ids.add(own)
        role = guess_role(name)
        self.guessed += role is not None
        size = SizeClass.SMALL if role is None else SizeClass.NOT_A_FIRM
        return Organization(own, name, role or HelixRole.BUSINESS, size)

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """All that are known or were named, in order of id."""
        return tuple(sorted(self._by_name.values(), key=lambda organization: organization.id))


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
