"""The errors of Clusterfolio, a small tree.

ClusterfolioError
├── InputError      what came in cannot be used; carries every problem at once
├── NotFoundError   a name or id that is not there
├── ConflictError   somebody else changed the same thing first
├── StoreError      the store cannot be read or written
└── EngineError     our own fault: an answer that failed its re-check, a solver that broke
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, and what to do about it.

    `row` counts as the user's own program shows it (1 = first row of the file), None when the
    problem belongs to no row. `remedy` is a whole sentence in the user's words.
    """

    field: str
    value: str
    remedy: str
    row: int | None = None

    def __str__(self) -> str:
        where = f"Row {self.row}, {self.field}" if self.row is not None else self.field
        return (
            f"{where}: “{self.value}”. {self.remedy}" if self.value else f"{where}: {self.remedy}"
        )


class ClusterfolioError(Exception):
    """Anything Clusterfolio raises on purpose; `str()` of it may be shown to a user."""


class InputError(ClusterfolioError):
    """What came in cannot be used. `problems` holds all of them, never only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class NotFoundError(ClusterfolioError):
    """A cluster, project, scenario or decision that is not there."""


class ConflictError(ClusterfolioError):
    """The stored value changed since it was read."""


class StoreError(ClusterfolioError):
    """The store cannot be read or written; nothing of the act was saved."""


class EngineError(ClusterfolioError):
    """Our own fault; the answer was withheld rather than shown wrong."""
