"""The demo: two fictional clusters, committed as JSON and made by `make_demo`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from data.codec import pool_from_json
from portfolio.pool import Pool

DEMO_FILES = ("halm-maritime.json", "weidenau-food.json")


@cache
def demo_pools() -> tuple[Pool, ...]:
    """The demo's clusters as committed, the main one first."""
    folder = files("data.samples")
    return tuple(pool_from_json((folder / name).read_bytes()) for name in DEMO_FILES)
