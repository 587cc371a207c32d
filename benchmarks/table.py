"""One figure of a benchmark beside what it is measured against, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("Work", "Size", "Figure", "Measured against", "Ratio", "Aim", "Met")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its yardstick `base`, both in `unit`, taken in the same run.

    The aim is below `most` in that unit, or below `most_ratio` of the yardstick; with neither, the
    figure is for comparing only.
    """

    work: str
    size: str
    figure: float
    unit: str
    against: str
    base: float
    most: float | None = None
    most_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """The figure as a multiple of its yardstick."""
        return self.figure / self.base

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None without an aim."""
        if self.most is not None:
            return self.figure < self.most
        return None if self.most_ratio is None else self.ratio < self.most_ratio

    def cells(self) -> tuple[str, ...]:
        """The row as texts under `HEADER`."""
        figure = amount(self.figure, self.unit) + (f" ({self.note})" if self.note else "")
        base = f"{self.against}: {amount(self.base, self.unit)}"
        verdict = {True: "yes", False: "NO", None: "–"}[self.met]
        return self.work, self.size, figure, base, f"{self.ratio:.3g}", self._aim(), verdict

    def _aim(self) -> str:
        if self.most is not None:
            return f"< {amount(self.most, self.unit)}"
        return "–" if self.most_ratio is None else f"ratio < {self.most_ratio:g}"


def amount(number: float, unit: str) -> str:
    """Three digits of a number with its unit."""
    return f"{number:,.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table with aligned columns."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(map(str.ljust, cells, widths)) + " |"
        for cells in (lines[0], rule, *lines[1:])
    )
