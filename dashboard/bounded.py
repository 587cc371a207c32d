"""A bounded memory shared by all visitors: the least recently used entry goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Bounded:
    """At most `limit` values by key. Every input of a value belongs in its key."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable) -> object | None:
        """The value kept under a key, None when there is none."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._limit:
                self._values.popitem(last=False)

    def get_or(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under a key, made and kept first when there is none. None is never kept."""
        kept = self.get(key)
        if kept is not None:
            return cast(T, kept)
        made = make()
        if made is not None:
            self.put(key, made)
        return made
