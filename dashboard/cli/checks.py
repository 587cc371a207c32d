"""Arguments checked together: one run tells everything that is wrong with them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from data.scenario_values import MOST, plain_decimal
from portfolio.errors import ClusterfolioError, EngineError, InputError, Problem
from portfolio.units import to_cents

Value = TypeVar("Value")


class Checks:
    """Gathers problems while a command looks at its arguments; `done` raises them all."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._problems: list[Problem] = []

    def money(self, name: str, shown: str) -> int | None:
        """Cents, from currency units; None when the argument was left out or is no amount."""
        text = self._text(name)
        if text is None:
            return None
        number = _decimal(text)
        if number is None or number < 0 or number != number.quantize(Decimal("0.01")):
            self.add(shown, text, "Write an amount of money, such as 2000000 or 2_000_000.50.")
            return None
        return to_cents(number)

    def signed_money(self, name: str, shown: str) -> int | None:
        """Cents, from currency units, below zero too."""
        text = self._text(name)
        if text is None:
            return None
        number = _decimal(text)
        if number is None or number != number.quantize(Decimal("0.01")):
            self.add(shown, text, "Write an amount of money, such as 250000 or -50000.")
            return None
        return to_cents(number)

    def number(self, name: str, shown: str, least: float, most: float) -> float | None:
        """A number within limits."""
        text = self._text(name)
        if text is None:
            return None
        number = _decimal(text)
        if number is None or not least <= number <= most:
            self.add(shown, text, f"Write a number from {least:g} to {most:g}.")
            return None
        return float(number)

    def whole(self, name: str, shown: str, least: int, most: int) -> int | None:
        """A whole number within limits."""
        text = self._text(name)
        if text is None:
            return None
        number = _decimal(text)
        if number is None or not least <= number <= most or number != int(number):
            self.add(shown, text, f"Write a whole number from {least:,} to {most:,}.")
            return None
        return int(number)

    def day(self, name: str, shown: str) -> date | None:
        """A date."""
        text = self._text(name)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.add(shown, text, "Write a date as 2026-11-30.")
            return None

    def target(self, name: str, shown: str, endings: tuple[str, ...], replace: bool) -> Path | None:
        """A file to write: its folder is there, and it is not there itself unless it may be."""
        text = self._text(name)
        if text is None:
            return None
        path = Path(text)
        if endings and path.suffix.lower() not in endings:
            self.add(shown, text, f"Give it a name that ends in {_or(endings)}.")
            return None
        if not path.parent.is_dir():
            self.add(shown, text, f"There is no folder “{path.parent}”.")
            return None
        if path.is_dir():
            self.add(shown, text, "This is a folder. Name a file in it.")
            return None
        if path.exists() and not replace:
            self.add(shown, text, "This file is there already. Add --force to replace it.")
            return None
        return path

    def tried(self, make: Callable[[], Value]) -> Value | None:
        """What `make` gives; None where it raises problems, which are kept with the others."""
        try:
            return make()
        except InputError as error:
            self._problems += error.problems
        except EngineError:
            raise
        except ClusterfolioError as error:
            self._problems.append(Problem("Input", "", str(error)))
        return None

    def sure(self, value: Value | None) -> Value:
        """The value, now that everything has been looked at; raises all that was found wrong."""
        self.done()
        if value is None:
            raise AssertionError("a value that is missing has left no problem")
        return value

    def done(self) -> None:
        """Raise everything that was found wrong, if anything was."""
        if self._problems:
            raise InputError(tuple(self._problems))

    def add(self, field: str, value: str, remedy: str) -> None:
        """One more problem."""
        self._problems.append(Problem(field, value, remedy))

    def needed(self, name: str, shown: str, remedy: str) -> None:
        """A problem where the argument was left out."""
        if self._text(name) is None:
            self.add(shown, "", remedy)

    def said(self, name: str) -> str:
        """The argument as it was typed, "" when it was left out."""
        return self._text(name) or ""

    def _text(self, name: str) -> str | None:
        text: str | None = getattr(self._args, name, None)
        return text


def _decimal(text: str) -> Decimal | None:
    """The number, None for text that is none or is beyond any amount of money."""
    number = plain_decimal(text)
    return None if number is None or number.copy_abs() > MOST else number


def _or(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
