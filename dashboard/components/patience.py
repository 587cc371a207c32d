"""How long a search may take: longer for the very question that a visitor asked to look longer at."""

from __future__ import annotations

from collections.abc import Hashable

from dashboard import state

LONGER = 4
LONGEST = 1800.0
"""Seconds that no search goes beyond."""


def seconds(slot: str, key: Hashable, at_first: float) -> float:
    """How long the search for this key in this slot may take: `at_first` unless asked for more."""
    if state.recall(f"{slot}.longer") != str(key):
        return at_first
    return float(state.recall(f"{slot}.seconds") or at_first)


def look_longer(slot: str, key: Hashable, at_first: float) -> None:
    """The next search for this key may take longer; those for other keys as long as ever."""
    more = min(seconds(slot, key, at_first) * LONGER, LONGEST)
    state.remember(f"{slot}.longer", str(key))
    state.remember(f"{slot}.seconds", str(more))
