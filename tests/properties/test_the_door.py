"""Whatever comes to the door is read as it stands or refused in words; what goes out comes back."""

import csv
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.export import export_csv, export_xlsx
from data.importer import TableGuess, compare, read_result, read_table
from data.parse_date import read_date
from data.parse_number import read_money
from data.text import cleaned, plain, slug
from portfolio.cluster import Cluster
from portfolio.errors import ClusterfolioError
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.pool import Pool
from portfolio.project import CashYear, Partner, Project, ProjectStatus, Scope, ThreePoint
from portfolio.units import Calendar, from_cents

# One line of text without the marks that part items in a list, and not a word for “not known”.
NAMES = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), exclude_characters=";:@|,.\u200b"
    ),
    min_size=1,
    max_size=12,
).map(lambda text: f"N{text}q")
CENTS = st.integers(0, 10**12)
DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


@st.composite
def organizations(draw: st.DrawFn) -> tuple[Organization, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=slug))
    return tuple(
        Organization(
            slug(name),
            name,
            draw(st.sampled_from(HelixRole)),
            draw(st.sampled_from(SizeClass)),
            group=draw(st.just("") | NAMES),
            on_board=draw(st.booleans()),
        )
        for name in names
    )


@st.composite
def projects(draw: st.DrawFn, number: int, members: tuple[Organization, ...]) -> Project:
    cost = draw(CENTS)
    payoff = sorted(draw(st.lists(st.integers(-(10**12), 10**12), min_size=3, max_size=3)))
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    lead = draw(st.sampled_from(members)).id
    others = draw(st.lists(st.sampled_from(members), unique=True))
    return Project(
        id=f"p{number}",
        name=draw(NAMES),
        cost=cost,
        grant=draw(st.integers(0, cost)),
        summary=draw(st.just("") | NAMES),
        status=draw(st.sampled_from(ProjectStatus)),
        lead=lead,
        partners=tuple(Partner(o.id) for o in others if o.id != lead),
        theme=draw(st.just("") | NAMES),
        scope=draw(st.none() | st.sampled_from(Scope)),
        international=draw(st.booleans()),
        payoff=draw(st.none() | st.just(ThreePoint(*payoff))),
        p_technical=draw(st.none() | st.integers(0, 1000).map(lambda k: k / 1000)),
        benefit=draw(st.none() | st.integers(-(10**6), 10**6).map(lambda k: k / 8)),
        months_to_payoff=draw(st.none() | st.integers(0, 300)),
        start=days[0],
        end=draw(st.none() | st.just(days[1])),
        spend=tuple(draw(st.lists(CENTS, max_size=3))),
        cash=tuple(CashYear(k, draw(CENTS) - 10**11, 0.5) for k in range(draw(st.integers(0, 2)))),
        rating=draw(st.just("") | NAMES),
    )


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    members = draw(organizations())
    count = draw(st.integers(1, 5))
    calendar = Calendar(date(2027, 1, 1), 12, 1)
    return Pool(
        Cluster("c", "C", "EUR", calendar),
        tuple(draw(projects(k, members)) for k in range(count)),
        members,
    )


@settings(max_examples=80)
@given(pools())
def test_a_csv_that_goes_out_changes_nothing_when_it_comes_back(pool: Pool) -> None:
    plan = compare(pool, read_result(export_csv(pool), "out.csv"))
    assert [change.fields for change in plan.changed] == []
    assert (plan.new, plan.gone) == ((), ())
    assert plan.unchanged == pool.projects


@settings(max_examples=40)
@given(pools())
def test_a_workbook_that_goes_out_comes_back_as_the_same_projects_and_organizations(
    pool: Pool,
) -> None:
    result = read_result(export_xlsx(pool), "out.xlsx")
    assert result.problems == ()
    assert result.projects == pool.projects
    assert result.organizations == tuple(sorted(pool.organizations, key=lambda o: o.id))


@given(pools(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_project(pool: Pool, random: object) -> None:
    shuffled = list(pool.projects)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    result = read_result(export_csv(pool, tuple(shuffled)), "out.csv")
    again = read_result(export_csv(pool), "out.csv")
    assert sorted(result.projects, key=lambda p: p.id) == sorted(again.projects, key=lambda p: p.id)


CSV_LIKE = st.text(",;|\t\n\r\"'=+-@.()/%0123456789kmEabNX£€\u00a0\ufeffé", max_size=300)
HEADS = st.sampled_from(
    ["", "name,cost\n", "Name;Cost;Grant;Start;End;Partners\n", "META\nkey;value\n"]
)


@given(
    st.binary(max_size=400)
    | st.builds(lambda head, text: f"{head}{text}".encode(), HEADS, CSV_LIKE)
    | st.builds(lambda head, text: f"{head}{text}".encode("utf-16"), HEADS, CSV_LIKE)
)
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(ClusterfolioError):
        assert read_result(content, "x").rows


ROWS = st.lists(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=8), min_size=3, max_size=3
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS, st.sampled_from([",", ";", "\t", "|"]))
def test_the_cells_of_a_table_are_those_that_were_written(
    rows: list[list[str]], separator: str
) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(["name", "cost", "theme"])
    writer.writerows([["x", *row[1:]] for row in rows])
    controls = sum(
        (ord(each) < 32 or each == "\x7f") and each not in "\t\n\r" for each in text.getvalue()
    )
    assume(controls <= 4)  # more of them are no text file
    told = TableGuess(
        encoding="utf-8", separator=separator, orientation="rows", header_row=1, decimal="."
    )
    table = read_table(text.getvalue().encode(), "x", told)
    read = [
        [row[table.header.index(h)] if h in table.header else "" for h in ("name", "cost", "theme")]
        for row in table.rows
    ]
    wanted = [["x", *(cleaned(cell).strip() for cell in row[1:])] for row in rows]
    assert [[cell.lstrip("'") for cell in row] for row in read] == [
        [cell.lstrip("'") for cell in row] for row in wanted
    ]


@given(
    st.integers(-(10**14), 10**14),
    st.sampled_from(["", ",", ".", " ", "\u202f", "'"]),
    st.sampled_from(".,"),
)
def test_an_amount_is_read_exactly_however_its_thousands_are_grouped(
    cents: int, group: str, mark: str
) -> None:
    if group == mark:
        group = ""
    text = f"{from_cents(cents):,.2f}".replace(",", "g").replace(".", mark).replace("g", group)
    assert read_money(text, mark) == Decimal(cents) / 100  # type: ignore[arg-type]


@given(
    DAYS,
    st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%d. %b %Y}", "{:%d %B %Y}"]),
)
def test_a_day_is_read_exactly_however_it_is_written(day: date, form: str) -> None:
    assert read_date(form.format(day), "day") == day


@given(st.text(max_size=60))
def test_ids_are_made_of_plain_words_and_stay_the_same(text: str) -> None:
    made = slug(text)
    assert made
    assert made == slug(text.upper()) or plain(text) != plain(text.upper())
    assert not set(made) & set(" /\\?#%\n\t")


@given(pools())
def test_no_cell_of_a_csv_begins_as_a_formula(pool: Pool) -> None:
    live = replace(pool.projects[0], name="=HYPERLINK(1)", theme="@x", rating="+1", summary="-1+2")
    text = export_csv(pool, (live,)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
    for cell in cells:
        if cell[:1] in "=+-@":
            assert cell == "" or Decimal(cell) < 0
