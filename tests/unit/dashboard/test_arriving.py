"""Points that fill in are kept for everybody, whoever is stopped first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from dashboard import cache
from dashboard.components import arriving
from dashboard.components.arriving import Filling
from optimizer import Options

KEY = ("curve",)


class Points(Filling[int]):
    """So many of a hundred points, found at once or when the gate opens."""

    slot, patience = "points", Options()

    def __init__(self, found: int, gate: threading.Event | None = None) -> None:
        self._found, self._gate = found, gate

    def run(
        self,
        begun: int | None,
        options: Options,
        tell: Callable[[int], None],
        cancel: threading.Event,
    ) -> int:
        tell(1)
        if self._gate is not None:
            self._gate.wait(10)
        return self._found

    def kept(self, points: int) -> int:
        return points

    def whole(self, points: int) -> bool:
        return points == 100

    def share(self, points: int) -> float:
        return points / 100

    def line(self, points: int | None) -> str:
        return ""

    def missing(self, points: int, stopped: bool) -> str:
        return ""

    def longer(self, points: int, stopped: bool) -> bool:
        return False


def ran(points: Points) -> None:
    arriving._run(points, Options(), KEY, lambda told: None, threading.Event())


def test_who_is_stopped_early_throws_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[object, object] = {}
    monkeypatch.setattr(cache, "answer", kept.get)
    monkeypatch.setattr(cache, "keep_answer", kept.__setitem__)
    gate = threading.Event()
    early = threading.Thread(target=ran, args=(Points(3, gate),))
    early.start()
    ran(Points(100))
    gate.set()
    early.join()
    assert kept[KEY] == 100
