"""Numbers in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portfolio.wording import listed, money, of_hundred, percent

NB = "\u00a0"


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "€0"),
        (Fraction(-2, 5), "€0"),
        (-1, "−€0.01"),
        (99_999, "€999.99"),
        (100_050, "€1,000"),
        (100_000_000, f"€1.00{NB}million"),
        (-250_000_000_000, f"−€2.50{NB}billion"),
    ],
)
def test_money_is_rounded_for_the_reader_and_never_less_than_nothing_at_nothing(
    cents: int | Fraction, words: str
) -> None:
    assert money(cents, "EUR") == words


def test_a_currency_without_a_sign_stands_before_its_amount() -> None:
    assert money(1_000_00, "DKK") == f"DKK{NB}1,000"
    assert money(1_000_00, "") == "1,000"


def test_shares_and_chances() -> None:
    assert percent(Fraction(1, 3)) == f"33.3{NB}%"
    assert of_hundred(Fraction(1, 3)) == "33.3 of 100"


def test_a_long_list_is_cut_and_counts_what_it_leaves_out() -> None:
    assert listed("abcdefgh") == "a, b, c, d, e, f and 2 more"
    assert listed([]) == ""
