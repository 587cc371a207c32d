"""What a command says: well-set plain text for people, strict JSON for programs."""

from __future__ import annotations

import json
import sys
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Literal

from portfolio.errors import Problem

WIDTH = 100
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. The one that `gives` loses width first where a line would not fit."""

    title: str
    align: Literal["left", "right"] = "left"
    gives: bool = False


class Output:
    """Where a command speaks: stdout for the answer, stderr for what is not the answer."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def answer(self, document: Document, text: str) -> None:
        """The answer, in the form that was asked for."""
        print(to_json(document) if self.as_json else text)

    def text(self, text: str) -> None:
        """Plain text, whatever was asked for."""
        print(text)

    def aside(self, text: str) -> None:
        """A remark that is no part of the answer."""
        print(text, file=sys.stderr)

    def problems(self, problems: Sequence[Problem], status: int) -> int:
        """Everything that is wrong; gives back the exit status."""
        if self.as_json:
            print(to_json({"problems": [problem_document(problem) for problem in problems]}))
        else:
            for problem in problems:
                self.aside(clean(str(problem)))
        return status

    def flush(self) -> None:
        """Send what is still held back, so that a closed pipe is noticed here."""
        sys.stdout.flush()


def problem_document(problem: Problem) -> Document:
    """A problem for programs."""
    return {
        "row": problem.row,
        "field": problem.field,
        "value": problem.value,
        "remedy": problem.remedy,
    }


def to_json(document: Document) -> str:
    """Strict JSON: no NaN, no infinity, UTF-8, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)


def plain_number(value: Fraction | int | None) -> int | float | None:
    """A number for JSON: whole ones without a fraction, None stays None."""
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def clean(text: str) -> str:
    """The text without signs that would steer a terminal or turn the direction of writing."""
    return "".join(" " if unicodedata.category(sign) in _STEERING else sign for sign in text)


_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def paragraph(text: str, indent: str = "", bullet: str = "") -> str:
    """Text broken into lines of a readable width."""
    return textwrap.fill(
        clean(text),
        WIDTH,
        initial_indent=indent + bullet,
        subsequent_indent=indent + " " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str) -> str:
    """A heading with a rule below it."""
    return f"{clean(text)}\n{'─' * _width(clean(text))}"


def bullets(texts: Sequence[str]) -> str:
    """One paragraph a text, each behind a dot."""
    return "\n".join(paragraph(text, bullet="• ") for text in texts)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A table in fixed-width letters: titles, a rule, and a line a row."""
    titles = [column.title for column in columns]
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [
        max(_width(cell) for cell in column if cell is not None)
        for column in zip_longest(titles, *cells)
    ]
    _give_way(columns, widths)
    lines = [_line(columns, widths, row) for row in (titles, ["─" * w for w in widths], *cells)]
    return "\n".join(lines)


def page(*blocks: str) -> str:
    """Blocks with an empty line between them; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block)


def _give_way(columns: Sequence[Column], widths: list[int]) -> None:
    beyond = sum(widths) + 2 * (len(widths) - 1) - WIDTH
    for k, column in enumerate(columns):
        if column.gives and beyond > 0:
            cut = min(beyond, max(widths[k] - 16, 0))
            widths[k] -= cut
            beyond -= cut


def _line(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> str:
    parts = []
    for column, width, cell in zip(columns, widths, cells, strict=True):
        text = _cut(cell, width)
        pad = " " * (width - _width(text))
        parts.append(pad + text if column.align == "right" else text + pad)
    return "  ".join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text: str) -> int:
    """Cells that a text takes in a terminal: wide East Asian signs two, combining ones none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
