"""A list read without a profile says which columns it matched by guess, and which it left out."""

from __future__ import annotations

from data.importer import read_result


def notes(header: str, row: str) -> tuple[str, ...]:
    return read_result(f"{header}\n{row}\n".encode(), "list.csv").notes


def test_columns_under_other_names_and_those_left_out_are_told() -> None:
    told = notes("Kennung;Projektname;Kosten;Lieblingsfarbe", "1;Boje;10,50;blau")
    guessed, left = told[:2]
    assert guessed.startswith("Columns matched by guess: ")
    assert "“Kosten” as Cost" in guessed
    assert left == "Columns left out, as no field fits: “Lieblingsfarbe”."


def test_columns_under_their_own_names_need_no_word() -> None:
    assert not [each for each in notes("id;name;cost", "1;Buoy;10") if "Columns" in each]


def test_a_hostile_header_is_told_in_one_short_line() -> None:
    long = "x" * 500
    (left,) = (each for each in notes(f"id;name;cost;{long}", "1;Buoy;10;z") if "left out" in each)
    assert len(left) < 120
