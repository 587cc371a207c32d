"""A front whose searches run out of time now and then: nothing unproven is a point, nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from optimizer import Front, Options, frontier
from optimizer.search import Found, Mix, Search
from tests.support.worked_table import worked_pool, worked_scenario


def test_what_is_not_proven_is_a_good_mix_in_a_gap_until_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = worked_pool(), worked_scenario("15")
    whole = frontier(*question, "spend")
    real, asked = Search.best, 0

    def hurried(self: Search, known: Iterable[Mix] = (), **how: Any) -> Found:
        nonlocal asked
        asked += 1
        found = real(self, known, **how)
        return replace(found, proven=False) if asked in (2, 3, 5) else found

    monkeypatch.setattr(Search, "best", hurried)
    # Points that are listed near a relaxation need no search, so none are listed here.
    front = sys.modules["optimizer.frontier"]._Front
    monkeypatch.setattr(front, "_nearest", lambda *_: None)
    seen: list[Front] = []
    again = frontier(*question, "spend", Options(time_limit=60), arrived=seen.append)
    assert again.complete
    assert [(one.second, one.selection.value) for one in again.points] == [
        (one.second, one.selection.value) for one in whole.points
    ]
    cut_short = seen[1]
    assert [one.second for one in cut_short.points] == [whole.points[0].second]
    assert len(cut_short.good) == 1
    (good,) = cut_short.good
    assert any((gap.low or 0) <= good.second < gap.high for gap in cut_short.gaps)
    assert not again.good
