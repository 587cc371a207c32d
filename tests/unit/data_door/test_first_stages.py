"""First stages read from a list and written again, and what is wrong with some."""

from data.export import export_csv
from data.importer import ImportResult, apply, pool_of, read_table, suggest_mapping
from portfolio.project import FirstStage

HEAD = (
    "id,name,cost,grant asked,chance of technical success,"
    "first grant,periods of the first stage,chance to pass the gate"
)


def taken(*rows: str) -> ImportResult:
    source = read_table("\n".join((HEAD, *rows)).encode(), "list.csv")
    return apply(source, suggest_mapping(source))


def test_a_first_stage_is_read_with_what_is_usual_where_nothing_is_said() -> None:
    result = taken(
        "a,Alpha,1000,800,0.4,150.5,2,60 %", "b,Beta,1000,800,0.4,100,,", "c,Gamma,9,,,,,"
    )
    assert result.problems == ()
    assert [project.first_stage for project in result.projects] == [
        FirstStage(150_50, 2, 0.6),
        FirstStage(100_00, 1, 0.4),
        None,
    ]


def test_what_is_written_reads_back_to_the_same() -> None:
    result = taken("a,Alpha,1000,800,0.4,150.5,2,60 %", "b,Beta,1000,800,,0,1,0")
    again = read_table(export_csv(pool_of(result, "list")), "list.csv")
    assert apply(again, suggest_mapping(again)).projects == result.projects


def test_everything_that_is_wrong_is_told_and_the_rest_is_taken_in() -> None:
    result = taken(
        "a,Alpha,1000,800,0.4,900,1,0.5",
        "b,Beta,1000,800,0.4,100,0,0.5",
        "c,Gamma,1000,800,,100,1,",
        "d,Delta,1000,800,0.4,,2,",
        "e,Epsilon,1000,800,0.4,-5,1,150 %",
    )
    told = [(problem.row, problem.field, problem.remedy) for problem in result.problems]
    assert [(row, field) for row, field, _ in told] == [
        (2, "First grant"),
        (3, "First grant"),
        (4, "First grant"),
        (5, "First grant"),
        (6, "First grant"),
        (6, "Chance to pass the gate"),
    ]
    assert "above the whole grant" in told[0][2]
    assert "a period or more" in told[1][2]
    assert "Write the chance" in told[2][2]
    assert "needs its grant" in told[3][2]
    assert len(result.projects) == 5
    assert all(project.first_stage is None for project in result.projects)
