"""How long to search, what to tell meanwhile, and when to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Options:
    """How to search.

    `time_limit` in seconds of wall time for the whole call. `gap` (0.001 for 0.1 %) lets the
    search end before the best mix is proven; 0 proves it. `seed` steers the solver's own choices
    and never the answer.
    """

    time_limit: float = 30.0
    gap: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known while a search runs.

    `value` of the best mix so far and `bound` no mix can pass, in millionths, None when not known
    yet. `done` `of` so many parts, for work made of parts (0 of 0 otherwise).
    """

    value: int | None
    bound: int | None
    seconds: float
    done: int = 0
    of: int = 0


Listener = Callable[[Progress], None]


class Flag(Protocol):
    """Something that is set when the work is to stop, such as a threading.Event."""

    def is_set(self) -> bool:
        """Whether it is."""


class Watch:
    """The clock, the way out and the ear of one call: time left, cancelled or not, progress."""

    def __init__(
        self,
        options: Options,
        progress: Listener | None = None,
        cancel: Flag | None = None,
    ) -> None:
        self.options = options
        self._began = time.monotonic()
        self._progress = progress
        self._cancel = cancel
        self._parts = (0, 0)
        self._last_told = 0.0

    def keep(self, seconds: float) -> None:
        """Keep so much of the time for what comes after the search."""
        left = max(self.options.time_limit - seconds, 0.0)
        self.options = replace(self.options, time_limit=left)

    @property
    def seconds(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(self.options.time_limit - self.seconds, 0.0)

    @property
    def over(self) -> bool:
        """Whether the search has to end: the time is up or the user wants it to stop."""
        return self.cancelled or self.left <= 0

    @property
    def cancelled(self) -> bool:
        """Whether the user wants it to stop."""
        return self._cancel is not None and self._cancel.is_set()

    def part(self, done: int, of: int) -> None:
        """So many parts of the work are done."""
        self._parts = (done, of)
        self.tell(None, None, at_once=True)

    def tell(self, value: int | None, bound: int | None, at_once: bool = False) -> None:
        """Tell the listener, at most ten times a second unless it is news."""
        if self._progress is None:
            return
        now = self.seconds
        if not at_once and now - self._last_told < 0.1:
            return
        self._last_told = now
        done, of = self._parts
        self._progress(Progress(value, bound, now, done, of))

    def within(self, share: float) -> Watch:
        """A watch with the same way out and ear, for a share of the time that is left."""
        part = Watch(replace(self.options, time_limit=self.left * share), None, self._cancel)
        part._progress = self._progress
        return part

    def silent(self) -> Watch:
        """The same clock and way out, without an ear: for searches inside a larger one."""
        quiet = Watch(replace(self.options), None, self._cancel)
        quiet._began = self._began
        return quiet
