"""The import profile that a name stands for: shipped, saved in the store, or a file of its own."""

from __future__ import annotations

from pathlib import Path

from dashboard.services import store
from data.importer import Profile, read_file
from data.profile import read_profile, shipped_profiles
from portfolio.errors import InputError, NotFoundError, Problem
from portfolio.wording import listed


def profile_named(name: str | None, store_url: str | None = None) -> Profile | None:
    """The profile, None without a name. A name that ends in .toml is a file.

    The store is asked for what is not shipped, and never made for that. NotFoundError, with the
    names there are, for one that nobody knows.
    """
    if name is None:
        return None
    if name.lower().endswith(".toml"):
        return _from_file(Path(name))
    known = {**saved_profiles(store_url), **shipped_profiles()}
    if name not in known:
        names = listed((f"“{entry}”" for entry in sorted(known)), most=20)
        raise NotFoundError(f"There is no profile “{name}”. There are {names}.")
    return known[name]


def saved_profiles(store_url: str | None = None) -> dict[str, Profile]:
    """The profiles kept in the store by name; none where there is no store."""
    if not store.is_there(store_url):
        return {}
    with store.open_store(store_url) as opened:
        return {profile.name: profile for profile in opened.profiles()}


def _from_file(path: Path) -> Profile:
    try:
        return read_profile(read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        remedy = "This file is not UTF-8 text. Save it as UTF-8."
        raise InputError((Problem("profile", str(path), remedy),)) from None
