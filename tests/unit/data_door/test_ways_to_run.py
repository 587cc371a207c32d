"""Versions, least shares, latest starts and losses by waiting, read from a list and written again."""

from datetime import date
from decimal import Decimal

import pytest

from data.export import export_csv
from data.importer import ImportResult, apply, pool_of, read_table, suggest_mapping
from portfolio.project import Version

HEAD = "id,name,cost,grant asked,start,versions,least share,latest start,loss by waiting"


def taken(*rows: str) -> ImportResult:
    source = read_table("\n".join((HEAD, *rows)).encode(), "list.csv")
    return apply(source, suggest_mapping(source))


def test_all_ways_to_run_a_project_are_read() -> None:
    result = taken(
        'a,Alpha,1000,800,2027-07-01,"small: 600 @ 0.72; large: 1500 / 1200 @ 130 %",,2028-03,5 %',
        "b,Beta,1000,800,2027-07-01,,0.6,,",
    )
    assert result.problems == ()
    alpha, beta = result.projects
    # Without a grant of its own the small one asks for four fifths, as the project does.
    assert alpha.versions == (
        Version("small", 600_00, 480_00, Decimal("0.72")),
        Version("large", 1500_00, 1200_00, Decimal("1.3")),
    )
    # A month alone is meant to its end: it is the last day on which the project may start.
    assert (alpha.latest_start, alpha.waiting_loss) == (date(2028, 3, 31), Decimal("0.05"))
    assert (alpha.least_share, beta.least_share) == (None, Decimal("0.6"))
    assert (beta.versions, beta.latest_start, beta.waiting_loss) == ((), None, 0)


def test_what_is_written_reads_back_to_the_same() -> None:
    result = taken(
        'a,Alpha,1000,800,2027-07-01,"small: 600.5 / 1 @ 0.725; Pilot: quay only: 400 @ 0.5",,'
        "2028-03-01,0.05",
        "b,Beta,1000,800,,,0.6,,",
    )
    assert result.problems == ()
    again = read_table(export_csv(pool_of(result, "list")), "list.csv")
    assert apply(again, suggest_mapping(again)).projects == result.projects


def test_everything_that_is_wrong_is_told_at_once_and_the_rest_is_taken_in() -> None:
    result = taken(
        "a,Alpha,1000,800,2027-07-01,small 600,1.5 %,2027-06-30,200 %",
        "b,Beta,1000,800,,small: 600 / 700 @ 0.5,0,soon,",
        "c,Gamma,1000,800,,one: 600 @ 0.5; one: 700 @ 0.6,,,x",
        "d,Delta,1000,800,,80 %: 600 @ 0.5,0.5,,",
    )
    told = [(p.row, p.field, p.value, p.remedy) for p in result.problems]
    assert told == [
        (
            2,
            "Versions",
            "small 600",
            "Write names, costs and shares of the worth, as small: 600000 @ 0.72; "
            "large: 1500000 / 1200000 @ 1.3.",
        ),
        (
            2,
            "Loss by waiting",
            "200 %",
            "This is not a share. Write a number from 0 to 1, or 0 % to 100 %.",
        ),
        (
            2,
            "Latest start",
            "2027-06-30",
            "It lies before the start. Correct one of the two.",
        ),
        (3, "Latest start", "soon", told[3][3]),
        (3, "Least share", "0", "Write a share above 0, or leave it empty."),
        (
            3,
            "Versions",
            "small: 600 / 700 @ 0.5",
            "A grant lies between 0 and its cost, a share from 0 on.",
        ),
        (
            4,
            "Loss by waiting",
            "x",
            "This is not a share. Write a number from 0 to 1, or 0 % to 100 %.",
        ),
        (4, "Versions", "one: 600 @ 0.5; one: 700 @ 0.6", "Give each version its own name."),
        (
            5,
            "Versions",
            "80 %: 600 @ 0.5",
            "A part of the project has this name. Give the version another.",
        ),
    ]
    assert [project.name for project in result.projects] == ["Alpha", "Beta", "Gamma", "Delta"]
    assert all(project.versions == () for project in result.projects)


@pytest.mark.parametrize("cell", ["n/a", "–", ""])
def test_a_cell_that_says_nothing_is_no_version(cell: str) -> None:
    result = taken(f"a,Alpha,1000,800,,{cell},{cell},{cell},{cell}")
    assert (result.problems, result.projects[0].versions) == ((), ())
