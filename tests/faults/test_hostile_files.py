"""Hostile files: each ends in one clear refusal or in text that is only text, soon and in little memory."""

import random
import struct
import time
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from data.importer import apply, load_pool, read_result, read_table, suggest_mapping
from data.mapping import FieldMap, Mapping
from data.table import TableGuess
from portfolio.errors import ClusterfolioError, InputError

SOON = 10.0


def zipped(**parts: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return content.getvalue()


def workbook(*cells: tuple[int, int, object]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("S")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return content.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a piece of one part put in place of another."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for info in source.infolist():
            text = source.read(info)
            if info.filename == part:
                assert old in text
                text = text.replace(old, new)
            target.writestr(info, text, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def refused(content: bytes, words: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError, match=words):
        read_result(content, "x")
    assert time.perf_counter() - begun < SOON


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    bomb = zipped(xl__worksheets__sheet1=b"<c/>" * 50_000_000)
    assert len(bomb) < 1_000_000
    refused(bomb, r"would unfold to 200 MB in 1 parts; the most is 150 MB")


def test_a_zip_bomb_that_lies_about_its_size_is_refused_as_damaged() -> None:
    size = 30_000_000
    bomb = bytearray(zipped(xl__worksheets__sheet1=b"<c/>" * (size // 4)))
    true, false = struct.pack("<L", size), struct.pack("<L", 1_000)
    assert bomb.count(true) == 2
    refused(bytes(bomb.replace(true, false)), "damaged")


def test_an_archive_of_very_many_parts_is_refused() -> None:
    refused(zipped(**{f"part{k}": b"" for k in range(5_001)}), "5,001 parts")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(encoding: str) -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    )
    good = workbook((0, 0, "Name"), (1, 0, "A"))
    with zipfile.ZipFile(BytesIO(good)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    bad = changed(good, "xl/sharedStrings.xml", strings, laughs.encode(encoding))
    refused(bad, "declares XML entities")


def test_two_cells_at_the_far_corners_of_a_sheet_do_not_take_half_a_terabyte() -> None:
    far = workbook((0, 0, "Name"), (1_048_575, 16_383, "x"))
    assert len(far) < 10_000
    refused(far, "reaches to row 1,048,576 and column 16,384")


def test_a_cell_beyond_the_sheet_is_refused_too() -> None:
    good = workbook((0, 0, "Name"), (1, 0, "A"))
    for place in (b"ZZZZZ2", b"a99999999", b"XFD1048576"):
        bad = changed(good, "xl/worksheets/sheet1.xml", b'r="A2"', b"r = '" + place + b"'")
        with pytest.raises(InputError):
            read_result(bad, "x.xlsx")


ODS = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL = (
    '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
)


def ods(rows: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows=rows))
    return content.getvalue()


def test_an_opendocument_sheet_is_read_and_its_repeats_are_counted() -> None:
    def row(*cells: str, more: str = "") -> str:
        texts = "".join(CELL.format(text=cell, more="") for cell in cells)
        blank = '<table:table-cell table:number-columns-repeated="16380"/>'
        return f"<table:table-row{more}>{texts}{blank}</table:table-row>"

    rest = row(more=' table:number-rows-repeated="1048570"')
    found = read_result(ods(row("Name", "Cost") + row("A", "5") + rest), "x.ods")
    assert [(p.name, p.cost) for p in found.projects] == [("A", 500)]
    many = CELL.format(text="x", more=' table:number-columns-repeated="1000"')
    bomb = f'<table:table-row table:number-rows-repeated="100000">{many}</table:table-row>'
    refused(ods(bomb), "reaches to row 100,000 and column 1,000")


def test_a_hundred_thousand_columns_are_refused() -> None:
    head = ",".join(f"c{k}" for k in range(100_000))
    refused(f"{head}\n{head}\n".encode(), "has 100,000 columns; the most is 2,000")
    refused(workbook(*((0, k, "c") for k in range(2_001)), (1, 0, "x")), "2,001 columns")


def test_a_file_of_too_many_cells_or_bytes_is_refused() -> None:
    refused(b"name,cost\n" + (b"," * 1_999 + b"\n") * 3_000, "more than 5,000,000 cells")
    refused(b"name,cost\n" + b"x" * 50_000_000, "This file is 50 MB; the most is 50")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n \t ",
        b"\xef\xbb\xbf",
        b"name,cost\n",
        b",,,\n,,\n",
        b"PK\x03\x04" + b"\0" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        b"%PDF-1.7\n" + b"\0\1\2" * 1_000,
        b"<html><body><table><tr><td>name</td></tr></table>",
        b'<?xml version="1.0"?><Workbook><Row>name,cost</Row></Workbook>',
        b'[{"name": "A", "cost": 5}]',
        b"META\n",
        b"META\nkey;value\nPROJECTS\nVOTES\n",
        b"\xff\xfe\x00",
    ],
)
def test_what_holds_no_list_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_result(content, "x")
    assert all(problem.remedy.endswith(".") for problem in caught.value.problems)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_list() -> None:
    refused(b'name,cost\nA,1\n"B,2\n' + b"C,3\n" * 1_000, "Row 3, file: A quotation mark is opened")
    refused(b'name,cost\n"B,2\n' + b"C,3\n" * 100_000, "quotation mark that is not closed")


def test_nul_bytes_and_control_characters_are_taken_out() -> None:
    found = read_result(b"name,cost\nA\0B\x07\x1b[31m,5\n" + b"ordinary,6\n" * 50, "x")
    assert found.projects[0].name == "AB[31m"
    assert [p.row for p in found.doubts if "taken out" in p.remedy] == [2]
    assert (found.doubts[0].field, found.doubts[0].value) == ("Name", "AB[31m")
    assert found.doubts[0].remedy.endswith("were taken out. It is kept as “AB[31m”.")


def test_a_break_in_a_name_or_an_id_becomes_a_space_and_is_told() -> None:
    found = read_result(
        b'id,name,theme,cost\n"m8\n\n# x",A,"t\nu",5\nm9,"B\tC",6\nm10,D  E,7\n', "x"
    )
    assert [(p.id, p.name) for p in found.projects] == [
        ("m8 # x", "A"),
        ("m9", "B C"),
        ("m10", "D E"),
    ]
    assert [(p.row, p.field) for p in found.doubts] == [(2, "Id"), (3, "Name")]
    assert found.doubts[0].remedy == (
        "A line break or a tab became a space. It is kept as “m8 # x”."
    )


def test_where_projects_are_columns_their_changed_names_are_told_too() -> None:
    told = TableGuess(orientation="columns")
    content = b"note,x,y,z\nname,A,B\0b,C\ncost,1,2,3\nend,2027-01-01,2027-01-01,2027-01-01\n"
    found = read_result(content, "x", guesses=told)
    assert [(p.row, p.field, p.value) for p in found.doubts] == [(2, "Name (column C)", "Bb")]


def test_characters_that_change_how_a_list_is_taken_apart_are_told_without_a_place() -> None:
    found = read_result(b'name,cost\n\0"A,a",5\n', "x")
    assert [project.name for project in found.projects] == ["A,a"]
    assert any("taken out of this list" in note for note in found.notes)


def test_changed_names_in_a_workbook_are_told() -> None:
    found = read_result(workbook((0, 0, "name"), (1, 0, "A\nB"), (2, 0, "C")), "x")
    assert [(p.row, p.field) for p in found.doubts if p.field == "Name"] == [(2, "Name")]


def test_changed_names_in_a_pabulib_file_are_told() -> None:
    content = (
        b"META\nkey;value\nbudget;100\nPROJECTS\nproject_id;cost;name\n"
        b'1;60;Pa\0rk\n2;50;"Po\nol"\n3;50;Pier\nVOTES\nvoter_id;vote\n1;1,2\n'
    )
    found = read_result(content, "x.pb")
    assert [project.name for project in found.projects] == ["Park", "Po ol", "Pier"]
    assert [(p.field, p.value) for p in found.doubts] == [("name", "Park"), ("name", "Po ol")]
    assert "taken out" in found.doubts[0].remedy
    assert "line break" in found.doubts[1].remedy


@pytest.mark.parametrize("name", ["x.csv", "x.pb"])
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [500, 2_000, 60_000])
def test_random_bytes_are_no_text_file_and_none_of_them_is_shown(
    name: str, seed: int, size: int
) -> None:
    content = b"id" + random.Random(seed).randbytes(size)
    with pytest.raises(InputError) as caught:
        read_result(content, name)
    (problem,) = caught.value.problems
    assert (problem.field, problem.value) == ("file", "")
    assert problem.remedy.startswith("This file is not a text file.")


def test_bytes_after_a_pabulib_heading_are_no_text_file_either() -> None:
    refused(b"META\n" + random.Random(7).randbytes(5_000), "not a text file")


def test_headers_that_are_shown_are_cut_short() -> None:
    with pytest.raises(InputError) as caught:
        read_result(b"%s;%s\n1;2\n" % (b"h" * 5_000, b"g" * 5_000), "x")
    assert len(str(caught.value)) < 400


def test_lone_surrogates_never_reach_a_value() -> None:
    refused("\ufeffname,cost\nA\ud800B,5\n".encode("utf-16-le", "surrogatepass"), "does not fit")
    found = read_result("name,cost\nA\ud800B,5\n".encode("utf-8", "surrogatepass"), "x")
    found.projects[0].name.encode()
    table = read_table(b"name,cost\nA,5\n", "x")
    mapping = suggest_mapping(table).with_field(FieldMap("theme", constant="a\ud800"))
    assert apply(table, mapping).projects[0].theme == "a\ufffd"
    pool, _ = load_pool(b"name,cost\nA,5\n", "x\ud800.csv")
    assert pool.cluster.name == "x\ufffd"


def test_a_very_long_cell_is_named_and_the_row_refused() -> None:
    found = read_result(b"name,cost\n" + b"A" * 100_000 + b",5\nB,6\n", "x")
    assert [project.name for project in found.projects] == ["B"]
    assert (
        found.refused[0].remedy == "This text has 100,000 characters; the most is 500. Shorten it."
    )
    assert len(found.refused[0].value) <= 80


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"]
)
def test_what_looks_like_a_formula_is_kept_as_text(text: str) -> None:
    quoted = text.replace('"', '""')
    assert read_result(f'name,cost\n"{quoted}",5\n'.encode(), "x").projects[0].name == text
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "cost"])
        sheet.write_row(1, 0, [text, 5])
    assert read_result(content.getvalue(), "x").projects[0].name == text


def test_a_formula_in_a_workbook_gives_its_value_only() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "cost"])
        sheet.write_string(1, 0, "A")
        sheet.write_formula(1, 1, "=WEBSERVICE(A1)", None, 7)
    assert read_result(content.getvalue(), "x").projects[0].cost == 700


@pytest.mark.parametrize(
    "name", ["file:///etc/passwd", "http://localhost/x.csv", "../../etc/passwd"]
)
def test_a_name_is_never_opened(name: str) -> None:
    pool, _ = load_pool(b"name,cost\nA,5\n", name)
    assert len(pool.projects) == 1
    text = read_result(f"name,cost\n{name},5\n".encode(), name)
    assert text.projects[0].name == name


def test_a_folder_or_a_missing_file_is_refused_in_a_sentence(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / ("x" * 300)):
        with pytest.raises(InputError, match=r"no such file|cannot be read"):
            load_pool(path)


def test_every_cut_and_every_flipped_byte_of_a_workbook_ends_in_projects_or_a_refusal() -> None:
    good = workbook((0, 0, "Name"), (0, 1, "Cost"), (1, 0, "A"), (1, 1, 5))
    for k in range(0, len(good), 97):
        for bad in (good[:k], good[:k] + bytes([good[k] ^ 0x55]) + good[k + 1 :]):
            try:
                read_result(bad, "x.xlsx")
            except ClusterfolioError:
                continue


def test_a_mapping_to_columns_that_are_not_there_is_refused() -> None:
    table = read_table(b"name,cost\nA,5\n", "x")
    with pytest.raises(InputError, match="Say which column holds the name"):
        apply(table, Mapping((FieldMap("name", ("nothing",)),)))
