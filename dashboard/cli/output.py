"""What a command says: well-set plain text for people, strict JSON for programs."""

from __future__ import annotations

import json
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any, Literal

from portfolio.errors import Problem

WIDTH = 100
LEAST = 12
"""Columns that give keep so many cells."""
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. One that `gives` is broken into lines where a line would not fit."""

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
    return "".join(" " if _steers(sign) else sign for sign in text)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} or sign in _TURNING


_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


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
    rows_with_head = (titles, ["─" * width for width in widths], *cells)
    return "\n".join(line for row in rows_with_head for line in _lines(columns, widths, row))


def page(*blocks: str) -> str:
    """Blocks with an empty line between them; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block)


def _give_way(columns: Sequence[Column], widths: list[int]) -> None:
    """Take from the widest column that gives until a line fits, or none has more to give."""
    beyond = sum(widths) + 2 * (len(widths) - 1) - WIDTH
    while beyond > 0:
        giving = [k for k, column in enumerate(columns) if column.gives and widths[k] > LEAST]
        if not giving:
            return
        widths[max(giving, key=lambda k: widths[k])] -= 1
        beyond -= 1


def _lines(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> Iterator[str]:
    """A row: more than one line where a cell is wider than its column."""
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = []
        for column, width, text in zip(columns, widths, parts, strict=True):
            pad = " " * (width - _width(text))
            padded.append(pad + text if column.align == "right" else text + pad)
        yield "  ".join(padded).rstrip()


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken at spaces where there are any."""
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if _width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while _width(word) > width:
            most = max(k for k in range(1, len(word) + 1) if k == 1 or _width(word[:k]) <= width)
            lines.append(word[:most])
            word = word[most:]
        line = word
    return [*lines, line]


def _width(text: str) -> int:
    """Cells that a text takes in a terminal: wide East Asian signs two, combining ones none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
