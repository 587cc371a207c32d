"""Reference classes of cost overruns: how much more projects of a kind have cost than estimated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Uplift:
    """A class of projects with the shares by which to raise estimates (0.24 for 24 %)."""

    id: str
    cost_upper: Fraction
    cost_lower: Fraction
    duration_upper: Fraction
    duration_lower: Fraction


@dataclass(frozen=True, slots=True)
class Uplifts:
    """The classes and where their figures come from; `verified` when they were read there."""

    source: str
    about: str
    verified: bool
    classes: tuple[Uplift, ...]

    def find(self, name: str) -> Uplift | None:
        """The class of this id, None when there is none."""
        wanted = " ".join(name.split()).casefold()
        return next((each for each in self.classes if each.id == wanted), None)


@lru_cache(maxsize=1)
def uplifts() -> Uplifts:
    """The classes that ship with Clusterfolio."""
    file = resources.files("data") / "frameworks" / "optimism_bias.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Uplifts(
        source=table["source"],
        about=table["about"],
        verified=table["verified"],
        classes=tuple(
            Uplift(
                id=entry["id"],
                cost_upper=Fraction(entry["cost"]["upper"], 100),
                cost_lower=Fraction(entry["cost"]["lower"], 100),
                duration_upper=Fraction(entry["duration"]["upper"], 100),
                duration_lower=Fraction(entry["duration"]["lower"], 100),
            )
            for entry in table["class"]
        ),
    )
