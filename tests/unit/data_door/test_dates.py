"""Dates as people write them."""

from datetime import date

import pytest

from data.parse_date import NotRead, read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-07-08", date(2014, 7, 8)),
        ("2014-07-08 00:00:00", date(2014, 7, 8)),
        ("2014/7/8", date(2014, 7, 8)),
        ("20140708", date(2014, 7, 8)),
        ("18.07.2007", date(2007, 7, 18)),
        ("1.3.2015", date(2015, 3, 1)),
        ("31.12.40", date(2040, 12, 31)),
        ("30.06.98", date(1998, 6, 30)),
        ("03/04/2026", date(2026, 4, 3)),
        ("01. Nov 15", date(2015, 11, 1)),
        ("31. Dez 18", date(2018, 12, 31)),
        ("10-Mrz-2016", date(2016, 3, 10)),
        ("1 avril 2026", date(2026, 4, 1)),
        ("1er août 2026", date(2026, 8, 1)),
        ("3 de mayo de 2027", date(2027, 5, 3)),
        ("June 30, 2020", date(2020, 6, 30)),
        ("3rd March 2027", date(2027, 3, 3)),
        ("15. maaliskuuta 2027", date(2027, 3, 15)),
        ("5. toukokuu 2027", date(2027, 5, 5)),
    ],
)
def test_reads_a_day_first_date(text: str, day: date) -> None:
    assert read_date(text, "day") == day


def test_reads_the_month_first_where_the_file_does() -> None:
    assert read_date("03/04/2026", "month") == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Aug 15", date(2015, 8, 1), date(2015, 8, 31)),
        ("Dez 17", date(2017, 12, 1), date(2017, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("02/2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("Q3 2027", date(2027, 7, 1), date(2027, 9, 30)),
        ("2027 H2", date(2027, 7, 1), date(2027, 12, 31)),
    ],
)
def test_reads_a_span_as_its_first_or_last_day(text: str, first: date, last: date) -> None:
    assert (read_date(text, "day", "first"), read_date(text, "day", "last")) == (first, last)


def test_asks_which_of_two_days_a_date_is() -> None:
    assert read_date("03/04/2026", None) == NotRead(
        "This is 3 April 2026 or 4 March 2026. "
        "Say whether dates in this file begin with the day or the month."
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/04/2026", date(2026, 4, 13)),
        ("04/13/2026", date(2026, 4, 13)),
        ("05/05/2026", date(2026, 5, 5)),
    ],
)
def test_does_not_ask_where_only_one_day_is_possible(text: str, day: date) -> None:
    assert read_date(text, None) == day


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("31/04/2014", "There is no 31 April 2014. Write a day that exists."),
        ("31-Nov-18", "There is no 31 November 2018. Write a day that exists."),
        ("04/23/2026", "There is no month 23. Write a day as 2026-04-03."),
        ("TBD", "This is not a date. Write a day as 2026-04-03."),
        ("2023-24", "This is not a date. Write a day as 2026-04-03."),
        (
            "44197",
            "This is a spreadsheet's own number for a day. Format the column as dates there.",
        ),
        ("0001-01-01", "The year has to lie between 1900 and 2200. Write a day as 2026-04-03."),
    ],
)
def test_says_what_is_wrong_with_what_is_no_day(text: str, remedy: str) -> None:
    assert read_date(text, "day") == NotRead(remedy)
