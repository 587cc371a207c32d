"""Run the benchmarks and print one table; without names, those that are quick."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time

from benchmarks.table import Row, table

QUICK = ("model_building", "budget_curve", "simulation", "import_rows", "page_reruns", "memory")
LONG = (
    "core_index",
    "staging",
    "fanout",
    "published",
    "full_model",
    "bad_outcomes",
    "quadratic",
    "ppss_cvar",
    "nsga2",
)


def measured(name: str) -> list[Row]:
    """What the module of this name measures."""
    begun = time.perf_counter()
    rows: list[Row] = list(importlib.import_module(f"benchmarks.{name}").measure())
    print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    return rows


def main() -> None:
    """Measure what was asked for and print the table; the time each took goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join((*QUICK, *LONG)))
    names = parser.parse_args().names or list(QUICK)
    if unknown := [name for name in names if name not in (*QUICK, *LONG)]:
        parser.error(
            f"No benchmark is called {', '.join(unknown)}. There is: {', '.join((*QUICK, *LONG))}."
        )
    load = os.getloadavg()[0]
    rows = [row for name in names for row in measured(name)]
    print(table(rows))
    print(
        f"\nPython {platform.python_version()} on {os.cpu_count()} cores; "
        f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
