"""Which column feeds which field: suggestions, changes to them, and profiles that keep them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.fields import fields_of
from data.importer import Table, apply, read_table, suggest_mapping
from data.mapping import FieldMap, Mapping, Profile, fitted
from data.profile import (
    matching_profile,
    read_profile,
    shipped_profile,
    shipped_profiles,
)
from data.table import TableGuess
from portfolio.errors import InputError, NotFoundError


def table(text: str) -> Table:
    return read_table(text.encode(), "list.csv")


def suggested(text: str) -> dict[str, str]:
    return {entry.field: entry.headers[0] for entry in suggest_mapping(table(text)).fields}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "Projektname;Antragsteller;Gesamtkosten;Förderung;Beginn;Ende\nA;B;10;5;1.2.2026;1.3.2026\n",
            {
                "name": "Projektname",
                "lead": "Antragsteller",
                "cost": "Gesamtkosten",
                "grant": "Förderung",
                "start": "Beginn",
                "end": "Ende",
            },
        ),
        (
            "Koodi,Hankkeen nimi,Toteuttajan nimi,Aloituspvm\nX1,A,B,1.3.2015\n",
            {
                "id": "Koodi",
                "name": "Hankkeen nimi",
                "lead": "Toteuttajan nimi",
                "start": "Aloituspvm",
            },
        ),
        (
            "Intitulé du projet;Porteur de projet;Coût total (€);Date de début\nA;B;10;01/02/2026\n",
            {
                "name": "Intitulé du projet",
                "lead": "Porteur de projet",
                "cost": "Coût total (€)",
                "start": "Date de début",
            },
        ),
        (
            "NAME OF PROJECT,Total  project-costs £m,Estimated completion date\nA,10,2026-01-01\n",
            {
                "name": "NAME OF PROJECT",
                "cost": "Total  project-costs £m".replace("  ", " "),
                "end": "Estimated completion date",
            },
        ),
    ],
)
def test_suggests_fields_by_headers_in_several_languages(text: str, fields: dict[str, str]) -> None:
    assert suggested(text) == fields


def test_the_content_of_a_column_decides_between_two_headers_that_fit() -> None:
    fields = suggested(
        "Title,Start of project,Project start\nA,soon,2026-01-01\nB,later,2026-02-01\n"
    )
    assert fields["start"] == "Project start"


def test_a_column_of_other_words_is_not_taken_for_a_field_of_fixed_words() -> None:
    assert "status" not in suggested("Name,Status\nA,PNS\nB,FTK\nC,IEH\n")
    assert suggested("Name,Status\nA,afsluttet\nB,i gang\n")["status"] == "Status"


def test_every_label_of_the_template_finds_its_own_field() -> None:
    labels = {name: spec.label for name, spec in fields_of("project").items()}
    rows = ",".join(f'"{label}"' for label in labels.values())
    assert suggested(f"{rows}\np1,A\n") == labels


@pytest.mark.parametrize(
    ("header", "cells", "multiplier"),
    [
        ("Cost (£m)", ["34", "26"], 1_000_000),
        ("Cost (£million)", ["34.5", "1,250"], 1_000_000),
        ("Cost in mio. EUR", ["3", "2"], 1_000_000),
        ("Gesamtkosten (TEUR)", ["340", "20"], 1_000),
        ("Cost (€k)", ["340", "20"], 1_000),
        ("Cost", ["34", "26"], 1),
        ("Total project costs £m", ["2390607", "11555523"], 1),
    ],
)
def test_reads_the_unit_in_a_header_unless_the_amounts_speak_against_it(
    header: str, cells: list[str], multiplier: int
) -> None:
    rows = "".join(f'A{k};"{cell}"\n' for k, cell in enumerate(cells))
    entry = suggest_mapping(table(f"name;{header}\n{rows}")).of("cost")
    assert entry is not None
    assert entry.multiplier == multiplier


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("name,cost\nA,£5\nB,£6\n", "GBP"),
        ("name;Kosten (TEUR)\nA;5\n", "EUR"),
        ("name,cost (DKK)\nA,5\n", "DKK"),
        ("name,cost\nA,5\n", ""),
    ],
)
def test_finds_the_currency(text: str, currency: str) -> None:
    assert suggest_mapping(table(text)).currency == currency


def test_the_user_feeds_a_field_from_another_column_or_from_none() -> None:
    source = table("name,budget,ceiling\nA,5,9\n")
    mapping = suggest_mapping(source).with_field(FieldMap("cost", ("ceiling",)))
    assert apply(source, mapping).projects[0].cost == 900
    cleared = mapping.with_field(FieldMap("cost"))
    assert cleared.of("cost") is None
    assert apply(source, cleared).projects[0].cost_known is False


def test_a_profile_finds_headers_despite_case_line_breaks_and_long_explanations() -> None:
    source = table('PROJECT name,"RAG rating\n(A Delivery Confidence Assessment)"\nA,Red\n')
    mapping = Mapping((FieldMap("name", ("project_name",)), FieldMap("rating", ("RAG rating*",))))
    assert [entry.headers for entry in fitted(mapping, source).fields] == [
        ("PROJECT name",),
        ("RAG rating (A Delivery Confidence Assessment)",),
    ]


PROFILE = Profile(
    name="mine",
    title="My “list”",
    provenance='Written from "headers"\nof two lines.',
    mapping=Mapping(
        (
            FieldMap("name", ("Titel",)),
            FieldMap("cost", ("Kosten",), multiplier=Decimal("1000")),
            FieldMap("partners", ("Partner",), separator=" / "),
            FieldMap(
                "p_technical",
                ("Ampel", "Ampel (2)"),
                values=(("grün", "0.9"), ("rot", "0.2")),
                strict=True,
                assumption="Colors are chances.",
            ),
            FieldMap("benefit", constant="1"),
        ),
        "EUR",
    ),
    guess=TableGuess(separator="\t", decimal=",", date_order="day", header_row=3, sheet="Liste"),
)


PROFILE_TEXT = """
name = "mine"
title = "My “list”"
provenance = "Written from \\"headers\\"\\nof two lines."
currency = "EUR"
[table]
separator = "\\t"
decimal = ","
date_order = "day"
header_row = 3
sheet = "Liste"
[fields]
name = { columns = ["Titel"] }
cost = { columns = ["Kosten"], multiplier = 1000 }
partners = { columns = ["Partner"], separator = " / " }
benefit = { constant = 1 }
[fields.p_technical]
columns = ["Ampel", "Ampel (2)"]
values = { "grün" = 0.9, rot = "0.2" }
strict = true
assumption = "Colors are chances."
"""


def test_a_profile_is_what_its_text_says() -> None:
    read = read_profile(PROFILE_TEXT)
    assert {entry.field: entry for entry in read.mapping.fields} == {
        entry.field: entry for entry in PROFILE.mapping.fields
    }
    assert replace(read, mapping=PROFILE.mapping) == PROFILE
    assert read.mapping.currency == "EUR"


def test_shipped_profiles_say_from_what_they_were_written() -> None:
    assert {"uk-gmpp", "uk-erdf", "dk-erdf", "fi-erdf"} <= set(shipped_profiles())
    for name, profile in shipped_profiles().items():
        assert profile.name == name
        assert profile.provenance


def test_a_profile_with_faults_tells_all_of_them_at_once() -> None:
    text = """
    name = "x"
    currency = "pounds"
    [table]
    encoding = "zip"
    decimal = "x"
    [fields.cost]
    multiplier = -1
    """
    with pytest.raises(InputError) as caught:
        read_profile(text)
    assert {problem.field for problem in caught.value.problems} == {
        "currency",
        "table.decimal",
        "fields.cost.multiplier",
    }
    with pytest.raises(InputError) as caught:
        read_profile('name = "x"\n[table]\nencoding = "zip"\n[fields.price]\ncolumns = ["p"]\n')
    assert [problem.field for problem in caught.value.problems] == [
        "fields.price",
        "fields.name",
        "table.encoding",
    ]
    with pytest.raises(InputError, match="This is not TOML"):
        read_profile("name = ")


def test_a_profile_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(NotFoundError, match=r"There is no profile “nope”\. There are dk-erdf"):
        shipped_profile("nope")


def test_a_list_is_read_by_the_profile_whose_columns_it_has() -> None:
    danish = table("projekttitel,start_dato,slut_dato,budget,eu,navn,region\nA,,,5,2,B,C\n")
    found = matching_profile(danish)
    assert found is not None
    assert found.name == "dk-erdf"
    assert matching_profile(table("Name,Cost,Region\nA,5,C\n")) is None
