"""Workbooks (xlsx, xls, ods) as rows of cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TypeVar

import python_calamine

from data.archive import check_archive, refused
from data.read_text import Grid
from data.table import MOST_CELLS
from data.text import cleaned

Cell = int | float | str | bool | time | date | datetime | timedelta
Found = TypeVar("Found")


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a zip archive (xlsx, ods) or a compound file (xls)."""
    return content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Workbook:
    """A workbook that was found harmless; its sheets are read one at a time.

    Raises InputError when the file is no workbook, is locked, or would unfold beyond measure.
    """

    def __init__(self, content: bytes) -> None:
        if content[:2] == b"PK":
            check_archive(content)
        self._rows: dict[str, list[list[Cell]]] = {}
        self._book = _guarded(lambda: python_calamine.load_workbook(BytesIO(content)))
        visible = python_calamine.SheetVisibleEnum.Visible
        self.sheets = tuple(s.name for s in self._book.sheets_metadata if s.visible == visible)
        if not self.sheets:
            raise refused("This workbook has no sheet that can be seen.")

    def rows(self, sheet: str) -> list[list[Cell]]:
        """All rows of a sheet from its first on, so that their numbers are the program's own."""
        if sheet not in self._rows:
            self._rows[sheet] = self._read(sheet)
        return self._rows[sheet]

    def _read(self, sheet: str) -> list[list[Cell]]:
        found = _guarded(lambda: self._book.get_sheet_by_name(sheet))
        if (found.total_height + 1) * (found.total_width + 1) > MOST_CELLS:
            raise refused(f"Sheet {sheet} has more than {MOST_CELLS:,} cells. Copy the list alone.")
        return list(_guarded(lambda: found.to_python(skip_empty_area=False)))


def _guarded(read: Callable[[], Found]) -> Found:
    """What `read` gives; every way in which the library may fail becomes one InputError.

    A panic inside it is no Exception, so it is told by its name.
    """
    try:
        return read()
    except python_calamine.PasswordError:
        raise refused("This workbook is locked. Save it without a password.") from None
    except Exception:
        raise refused("This file is not a workbook that can be read. Save it as .xlsx.") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refused("This workbook is damaged. Save it again as .xlsx.") from None


def as_text(rows: list[list[Cell]], mark: str) -> Grid:
    """The cells as a person would type them: numbers with the file's decimal mark, days in ISO."""
    return [[_typed(cell, mark) for cell in row] for row in rows]


def texts_only(rows: list[list[Cell]]) -> Grid:
    """The cells that hold text, others left empty: what the file says of its decimal mark."""
    return [[cell if isinstance(cell, str) else "" for cell in row] for row in rows]


def _typed(cell: Cell, mark: str) -> str:
    if isinstance(cell, str):
        return cell if cell.isprintable() else cleaned(cell)
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return _number(cell, mark)
        case datetime():
            at_midnight = cell.time() == time()
            return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _number(value: float, mark: str) -> str:
    """The digits that the spreadsheet shows: it keeps 15, the rest is noise of its arithmetic."""
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.15f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.0f}"
    return text.replace(".", mark)
