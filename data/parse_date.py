"""Dates as people write them, read as days; what can be two days is asked, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from data.text import plain

DateOrder = Literal["day", "month"]
Side = Literal["first", "last"]

_MONTHS = (
    "jan january januar januari janvier enero ene gennaio gen tammikuu tammi styczen stycznia sty januara",
    "feb february februar februari fevrier fev fevr febrero febbraio helmikuu helmi luty lutego lut",
    "mar march marz maerz mrz mars marts maart mrt marzo maaliskuu maalis marzec marca",
    "apr april avril avr abril abr aprile huhtikuu huhti kwiecien kwietnia kwi",
    "may mai maj mei mayo maggio mag toukokuu touko maja",
    "jun june juni juin junio giugno giu kesakuu kesa czerwiec czerwca cze",
    "jul july juli juillet juil julio luglio lug heinakuu heina lipiec lipca lip",
    "aug august aout augustus augusti agosto ago elokuu elo sierpien sierpnia sie",
    "sep sept september septembre septiembre settembre set syyskuu syys wrzesien wrzesnia wrz",
    "oct october okt oktober octobre octubre ottobre ott lokakuu loka pazdziernik pazdziernika paz",
    "nov november novembre noviembre marraskuu marras listopad listopada lis",
    "dec december dez dezember des desember decembre diciembre dic dicembre joulukuu joulu "
    "grudzien grudnia gru",
)
_MONTH_OF = {name: k for k, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
NUMERIC = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_DAY_NAME_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?[.\-/\s]*(?:de\s)?([^\W\d_]+)[.,\-/'’\s]*(?:de\s)?(\d{4}|\d{2})"
)
_NAME_DAY_YEAR = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAME_YEAR = re.compile(r"([^\W\d_]+)[.,\-/'’\s]*(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_PART = re.compile(r"(?:([QHqh])\s?([1-4])[\s,/-]*(\d{4})|(\d{4})[\s,/-]*([QHqh])\s?([1-4]))")
_YEAR = re.compile(r"(19|20)\d{2}")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class NotRead:
    """A cell that could not be read, and what to write instead: a whole sentence."""

    remedy: str


def month_of(name: str) -> int | None:
    """The number of a month by its name or short name in a dozen languages, None for other words."""
    word = plain(name)
    # Finnish says “of March” by an ending: maaliskuuta.
    return _MONTH_OF.get(word.removesuffix("ta") if word.endswith("kuuta") else word)


def in_words(day: date) -> str:
    """A day as a sentence says it: 3 April 2026."""
    return f"{day.day} {_NAMES[day.month - 1]} {day.year}"


@lru_cache(maxsize=50_000)
def read_date(text: str, order: DateOrder | None, side: Side = "first") -> date | NotRead:
    """The day that a text names.

    `order` says whether 03/04/2026 begins with the day or the month; None leaves such a date
    unread when both make a day. A text that names only a month, quarter, half-year or year gives
    its first or its last day, by `side`. Years of two digits up to 69 are of this century.
    """
    text = " ".join(text.split())
    for read in (_read_exact, _read_named):
        found = read(text)
        if found is not None:
            return found
    if match := NUMERIC.fullmatch(text):
        return _read_numeric(match, order)
    return _read_part(text, side) or _refusal(text)


def _read_exact(text: str) -> date | NotRead | None:
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups())
    return _day(year, month, day)


def _read_named(text: str) -> date | NotRead | None:
    if match := _DAY_NAME_YEAR.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAME_DAY_YEAR.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    month = month_of(name)
    return None if month is None else _day(_year(year), month, int(day))


def _read_numeric(match: re.Match[str], order: DateOrder | None) -> date | NotRead:
    one, _, two, year_text = match.groups()
    first, second, year = int(one), int(two), _year(year_text)
    if order is None:
        if first <= 12 and second <= 12 and first != second:
            return NotRead(_both(date(year, second, first), date(year, first, second)))
        order = "month" if second > 12 else "day"
    day, month = (first, second) if order == "day" else (second, first)
    return _day(year, month, day)


def _both(one: date, other: date) -> str:
    return (
        f"This is {in_words(one)} or {in_words(other)}. "
        "Say whether dates in this file begin with the day or the month."
    )


def _read_part(text: str, side: Side) -> date | None:
    if match := _PART.fullmatch(text):
        kind, number, year = match.group(1, 2, 3) if match.group(1) else match.group(5, 6, 4)
        months = 3 if kind.upper() == "Q" else 6
        last = int(number) * months
        return None if last > 12 else _edge(int(year), last - months + 1, last, side)
    if match := _NAME_YEAR.fullmatch(text):
        month = month_of(match.group(1))
        return None if month is None else _edge(_year(match.group(2)), month, month, side)
    if match := _YEAR_MONTH.fullmatch(text):
        year_text, month_text = match.groups()
    elif match := _MONTH_YEAR.fullmatch(text):
        month_text, year_text = match.groups()
    elif _YEAR.fullmatch(text):
        return _edge(int(text), 1, 12, side)
    else:
        return None
    month = int(month_text)
    if not (1 <= month <= 12 and 1900 <= int(year_text) <= 2200):
        return None
    return _edge(int(year_text), month, month, side)


def _edge(year: int, first: int, last: int, side: Side) -> date:
    if side == "first":
        return date(year, first, 1)
    return date(year, last, monthrange(year, last)[1])


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | NotRead:
    if not 1 <= month <= 12:
        return NotRead(f"There is no month {month}. Write a day as 2026-04-03.")
    if not 1900 <= year <= 2200:
        return NotRead("The year has to lie between 1900 and 2200. Write a day as 2026-04-03.")
    try:
        return date(year, month, day)
    except ValueError:
        return NotRead(f"There is no {day} {_NAMES[month - 1]} {year}. Write a day that exists.")


def _refusal(text: str) -> NotRead:
    if _SERIAL.fullmatch(text):
        return NotRead(
            "This is a spreadsheet's own number for a day. Format the column as dates there."
        )
    return NotRead("This is not a date. Write a day as 2026-04-03.")
