"""Ticks of an axis say where they stand: no place is rounded away from its words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.services.budgets import money_ticks, worth_ticks

SIZES = {"m": 1e6, "bn": 1e9}


def told(words: str) -> float:
    """What the words of a tick say, in plain units."""
    amount, _, size = words.replace("€", "").replace(",", "").partition("\N{NO-BREAK SPACE}")
    return float(amount.replace("\N{MINUS SIGN}", "-")) * SIZES.get(size, 1.0)


spans = st.tuples(st.floats(-1e6, 1e9), st.floats(1, 1e9), st.sampled_from([1e-2, 1.0, 1e3])).map(
    lambda each: (each[0] * each[2], (each[0] + each[1]) * each[2])
)


@given(spans)
@example((5_800_000.0, 7_100_000.0))
def test_the_words_of_a_tick_are_its_place(span: tuple[float, float]) -> None:
    low, high = span
    for ticks in (money_ticks(low, high, "EUR"), worth_ticks(low, high, "points", "EUR")):
        if len(ticks.places) < 2:
            continue
        step = ticks.places[1] - ticks.places[0]
        for place, words in zip(ticks.places, ticks.words, strict=True):
            assert told(words) == pytest.approx(place, abs=step * 0.01)


def test_quarters_of_a_million_have_both_their_decimals() -> None:
    words = money_ticks(5_800_000, 7_100_000, "EUR").words
    assert words == tuple(
        f"€{each}\N{NO-BREAK SPACE}m" for each in ("6.00", "6.25", "6.50", "6.75", "7.00")
    )
