"""Files as tables: what is guessed, what is asked, what the user may tell instead."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from data.importer import Table, TableGuess, read_table
from portfolio.errors import InputError

LIST = "Projektname;Gesamtkosten;Beginn\nHafen;1.234,5;01.04.2026\nWind;450;15.5.2026\n"


def table(text: str, written_in: str = "utf-8", **told: object) -> Table:
    return read_table(text.encode(written_in), "list.csv", TableGuess(**told))  # type: ignore[arg-type]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, row)
    return content.getvalue()


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("name,cost\nA,1\n", ","),
        ("name;cost\nA;1,5\nB;2,5\n", ";"),
        ("name\tcost\nA, the first\t1\n", "\t"),
        ("name|cost\nA|1\n", "|"),
        ('name,cost\n"A; B; C; D",1\n', ","),
    ],
)
def test_guesses_the_separator(text: str, separator: str) -> None:
    found = table(text)
    assert (found.guess.separator, found.header) == (separator, ("name", "cost"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_guesses_the_encoding(encoding: str) -> None:
    assert table("name,cost\nGröße – “neu”,1\n", encoding).rows[0][0] == "Größe – “neu”"


def test_reads_windows_quotes_in_a_file_of_no_known_encoding() -> None:
    found = read_table(b"name,cost\nQueen\x92s Wharf \x9d,1\n", "list.csv")
    assert found.guess.encoding == "latin-1"
    assert found.rows[0][0] == "Queen’s Wharf \ufffd"
    assert found.notes == (
        "Some letters in this file are of no known encoding and may be shown wrong.",
    )


def test_an_encoding_that_is_told_wins_over_the_guess() -> None:
    assert table("name,cost\nŁódź,1\n", "cp1250", encoding="cp1250").rows[0][0] == "Łódź"


def test_finds_the_header_row_below_titles_and_blank_lines() -> None:
    found = table(f"Förderliste 2026;;\nStand: 1.3.2026;;\n\n{LIST}")
    assert (found.guess.header_row, found.header[0], found.numbers) == (4, "Projektname", (5, 6))


def test_takes_the_header_row_and_the_first_row_that_are_told() -> None:
    found = table("a,b\nname,cost\nEUR,EUR\nA,1\n", header_row=2, first_row=4)
    assert (found.header, found.rows) == (("name", "cost"), (("A", "1"),))


def test_finds_projects_that_are_columns() -> None:
    found = table("Project,Alpha,Beta,Gamma\nCost,100,200,300\nStart,2026-01-01,,2026-03-01\n")
    assert found.guess.orientation == "columns"
    assert found.header == ("Project", "Cost", "Start")
    assert found.rows[1] == ("Beta", "200", "")
    assert (found.numbers, found.header_numbers) == ((2, 3, 4), (1, 2, 3))


def test_the_orientation_that_is_told_wins_over_the_guess() -> None:
    found = table("Project,Alpha,Beta\nCost,100,200\n", orientation="rows")
    assert found.header == ("Project", "Alpha", "Beta")


@pytest.mark.parametrize(
    ("cells", "mark", "asked"),
    [
        (["1234.5", "12"], ".", False),
        (["1234,5", "12"], ",", False),
        (["1,234.56"], ".", False),
        (["1.234,56"], ",", False),
        (["1,234,567"], ".", False),
        (["1.234.567"], ",", False),
        (["12,000", "8,500"], ".", True),
        (["12.000", "8.500"], ",", True),
        (["12", "13"], ".", False),
        (["01.02.2026", "12"], ".", False),
    ],
)
def test_guesses_the_decimal_mark_and_asks_where_only_thousands_speak(
    cells: list[str], mark: str, asked: bool
) -> None:
    found = table("name;cost\n" + "".join(f"A;{cell}\n" for cell in cells))
    assert found.guess.decimal == mark
    assert [question.about for question in found.questions] == (["decimal"] if asked else [])


@pytest.mark.parametrize(
    ("cells", "order", "asked"),
    [
        (["03/04/2026", "13/04/2026"], "day", False),
        (["03/04/2026", "04/13/2026"], "month", False),
        (["03/04/2026", "05/06/2026"], None, True),
        (["13/04/2026", "04/13/2026", "03/04/2026"], None, True),
        (["03.04.2026"], "day", False),
        (["2026-04-03"], None, False),
    ],
)
def test_guesses_how_dates_begin_and_asks_where_the_file_does_not_tell(
    cells: list[str], order: str | None, asked: bool
) -> None:
    found = table("name;start\n" + "".join(f"A;{cell}\n" for cell in cells))
    assert found.guess.date_order == order
    assert [question.about for question in found.questions] == (["date_order"] if asked else [])


def test_a_question_shows_what_each_answer_would_make_of_an_example() -> None:
    (question,) = table("name;start\nA;03/04/2026\n").questions
    assert question.text == "03/04/2026 is:"
    assert question.answers == (("day", "3 April 2026"), ("month", "4 March 2026"))


def test_tells_headers_of_the_same_name_apart_and_names_empty_ones() -> None:
    found = table("rating,rating,,name\nred,,x,A\n")
    assert found.header == ("rating", "rating (2)", "Column C", "name")


def test_counts_rows_as_a_spreadsheet_does() -> None:
    found = table('name,cost\n"A\nin two lines",1\n\nB,2\n')
    assert (found.numbers, [row[0] for row in found.rows]) == ((2, 4), ["A\nin two lines", "B"])


def test_reads_numbers_and_days_of_a_workbook_as_typed_there() -> None:
    rows: list[list[object]] = [
        ["Name", "Cost", "Start", "International"],
        ["A", 1234.5, None, True],
        ["B", 0.1 + 0.2, None, False],
    ]
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 2, datetime(2026, 4, 3), day)
    found = read_table(content.getvalue(), "list.xlsx")
    assert found.rows == (("A", "1234.5", "2026-04-03", "yes"), ("B", "0.3", "", "no"))


def test_a_workbook_with_text_in_decimal_commas_gets_its_numbers_written_so() -> None:
    rows: list[list[object]] = [["Name", "Cost"], ["A", "1.234,5"], ["B", 2.5]]
    found = read_table(workbook(("List", rows)), "list.xlsx")
    assert found.guess.decimal == ","
    assert found.column("Cost") == ("1.234,5", "2,5")


def test_picks_the_sheet_with_known_headers_unless_told() -> None:
    content = workbook(
        ("Cover", [["Welcome", "to the list"], ["a", "b"]]),
        ("Data", [["Project name", "Total cost"], ["A", 1]]),
    )
    assert read_table(content, "list.xlsx").guess.sheet == "Data"
    assert read_table(content, "list.xlsx").sheets == ("Cover", "Data")
    told = read_table(content, "list.xlsx", TableGuess(sheet="Cover"))
    assert told.header == ("Welcome", "to the list")


def test_rows_of_a_workbook_keep_their_numbers_below_an_empty_area() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 2, ["Name", "Cost"])
        sheet.write_row(6, 2, ["A", 1])
    found = read_table(content.getvalue(), "list.xlsx")
    assert (found.guess.header_row, found.numbers, found.header_numbers) == (5, (7,), (3, 4))


def test_a_guess_that_does_not_fit_is_refused_with_what_would() -> None:
    with pytest.raises(InputError, match="Choose a row from 1 to 3"):
        table("name,cost\nA,1\nB,2\n", header_row=9)
    with pytest.raises(InputError, match="Choose an encoding from"):
        table("name,cost\nA,1\n", encoding="zip")
    with pytest.raises(InputError, match="Byte 11 of the file does not fit"):
        read_table(b"name,cost\n\xff,1\n", "x", TableGuess(encoding="utf-8"))
    with pytest.raises(InputError, match="Choose a sheet from Data"):
        read_table(workbook(("Data", [["a", "b"], [1, 2]])), "x", TableGuess(sheet="Nowhere"))
