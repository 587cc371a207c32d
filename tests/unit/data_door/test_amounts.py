"""Amounts, numbers and chances as people write them."""

from decimal import Decimal

import pytest

from data.parse_date import NotRead
from data.parse_number import read_chance, read_money, read_number

TOO_MUCH = "This is more than 10,000,000,000,000, the most that an amount can be."


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12000", "12000"),
        ("12,000", "12000"),
        ("£1,234.50", "1234.50"),
        ("1 234 567.89", "1234567.89"),
        ("1\u00a0234\u202f567", "1234567"),
        ("CHF 1'234.50", "1234.50"),
        ("12.5 €", "12.5"),
        ("EUR 300", "300"),
        ("(1,250)", "-1250"),
        ("\u2212£5", "-5"),
        ("-$5.10", "-5.10"),
        ("kr. 700", "700"),
        (".5", "0.5"),
        ("１２", "12"),
    ],
)
def test_reads_an_amount_with_a_decimal_point(text: str, amount: str) -> None:
    assert read_money(text, ".") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("32467,02", "32467.02"),
        ("1.234.567,89 €", "1234567.89"),
        ("12.000", "12000"),
        ("1 234,5", "1234.5"),
        ("200271890,8", "200271890.8"),
        ("35020", "35020"),
    ],
)
def test_reads_an_amount_with_a_decimal_comma(text: str, amount: str) -> None:
    assert read_money(text, ",") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "mark", "remedy"),
    [
        ("12k", ".", "This is not an amount. Write 12000 or 12,000."),
        ("12k", ",", "This is not an amount. Write 12000 or 12.000."),
        ("£1.5m", ".", "This is not an amount. Write 1500000 or 1,500,000."),
        ("2 Mio.", ",", "This is not an amount. Write 2000000 or 2.000.000."),
        ("10-20", ".", "This is a range. Write one amount."),
        ("1.2E+07", ".", "A spreadsheet has rounded this amount. Write all its digits."),
        ("1E-999999999999", ".", "A spreadsheet has rounded this amount. Write all its digits."),
        ("1e13", ".", "A spreadsheet has rounded this amount. Write all its digits."),
        ("-1,5e30", ",", TOO_MUCH),
        ("1e400", ".", TOO_MUCH),
        ("1e99999999999999999999", ".", TOO_MUCH),
        ("60%", ".", "This is a share, not an amount. Write the amount in full."),
        ("Reset", ".", "This is not an amount. Write digits alone, as 12000."),
        (
            "50,38",
            ".",
            "Amounts in this file have a decimal point. "
            "Write it so, or change the decimal mark of the file.",
        ),
        ("9999999999999999", ".", TOO_MUCH),
    ],
)
def test_says_what_to_write_instead_of_what_is_no_amount(text: str, mark: str, remedy: str) -> None:
    assert read_money(text, mark) == NotRead(remedy)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "-", "1,2,3", "12,00", "1.2.3", "٣", "0x10", "1_000", "NaN", "inf"]
)
def test_never_reads_a_number_into_what_is_none(text: str) -> None:
    assert isinstance(read_money(text, "."), NotRead)
    assert isinstance(read_number(text, "."), NotRead)


@pytest.mark.parametrize(
    ("text", "chance"),
    [
        ("60%", 0.6),
        ("0.6", 0.6),
        ("0,6", 0.6),
        ("60", 0.6),
        ("1", 1.0),
        ("0", 0.0),
        ("37.5 %", 0.375),
    ],
)
def test_reads_a_chance_as_a_share_or_per_cent(text: str, chance: float) -> None:
    assert read_chance(text, ".") == pytest.approx(chance)


@pytest.mark.parametrize("text", ["101", "-0.1", "120%", "likely", ""])
def test_refuses_what_is_no_chance(text: str) -> None:
    assert isinstance(read_chance(text, "."), NotRead)
