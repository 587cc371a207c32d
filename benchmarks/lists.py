"""A list of many projects as files: what a ministry's spreadsheet may look like, made by a seed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random

import xlsxwriter

HEADER = (
    "Project ID",
    "Project name",
    "Description",
    "Lead organisation",
    "Theme",
    "Region",
    "Total cost",
    "Grant requested",
    "Likely payoff",
    "Start date",
    "End date",
    "Percent complete",
)
WORDS = ("harbor", "wind", "sensor", "route", "cold", "chain", "hull", "energy", "data", "dock")


def rows(count: int, seed: int = 1) -> list[tuple[str, ...]]:
    """`count` rows of text under `HEADER`, a few cells of them empty."""
    draw = Random(seed)
    return [_row(draw, number) for number in range(count)]


def _row(draw: Random, number: int) -> tuple[str, ...]:
    cost = round(draw.lognormvariate(12, 1), 2)
    begin = date(2025, 1, 1) + timedelta(days=draw.randrange(900))
    return (
        f"P-{number:05}",
        f"{' '.join(draw.sample(WORDS, 3)).capitalize()} {number}",
        " ".join(draw.choices(WORDS, k=25)),
        f"Organization {draw.randrange(800)}",
        draw.choice(("Energy", "Ports", "Food", "Health", "Mobility")),
        draw.choice(("North", "South", "East", "West", "")),
        f"{cost:,.2f}",
        f"{cost / 2:,.2f}",
        f"{cost * draw.uniform(1, 6):,.2f}" if draw.random() < 0.9 else "",
        begin.isoformat(),
        (begin + timedelta(days=draw.randrange(200, 1500))).isoformat(),
        f"{draw.randrange(101)}%",
    )


def as_csv(table: list[tuple[str, ...]]) -> bytes:
    """Header and rows as CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *table])
    return text.getvalue().encode()


def as_xlsx(table: list[tuple[str, ...]]) -> bytes:
    """Header and rows as a workbook of one sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Projects")
        for number, cells in enumerate([HEADER, *table]):
            sheet.write_row(number, 0, cells)
    return content.getvalue()
