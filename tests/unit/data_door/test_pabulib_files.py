"""Participatory budgets: projects, ballots and a budget as a whole question."""

import pytest

from data.importer import load_pool, read_result
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import TotalBudget

HEAD = (
    "META\nkey;value\ndescription;Test\nunit;Town\ninstance;2026\n"
    "budget;{budget}\nvote_type;{vote_type}\n"
)
PROJECTS = (
    "PROJECTS\nproject_id;cost;name;category;beneficiaries\n"
    "1;100;Park;green,sport;children\n2;50.5;Lamp;;elderly\n3;70;;None;\n"
)


def election(
    votes: str, vote_type: str = "approval", budget: str = "150", projects: str = PROJECTS
) -> bytes:
    head = HEAD.format(budget=budget, vote_type=vote_type)
    return f"{head}currency;EUR\n{projects}VOTES\n{votes}".encode()


def support(content: bytes) -> dict[str, float | None]:
    return {project.id: project.benefit for project in read_result(content, "x.pb").projects}


def test_an_approval_counts_once_for_each_project_it_names() -> None:
    assert support(election("voter_id;vote\n1;1,2\n2;2\n3;2,2\n4;\n")) == {"1": 1, "2": 3, "3": 0}


def test_a_single_choice_counts_as_an_approval() -> None:
    assert support(election("voter_id;vote\n1;3\n2;3\n", "choose-1")) == {"1": 0, "2": 0, "3": 2}


def test_points_of_cumulative_ballots_add_up() -> None:
    votes = "voter_id;vote;points\n1;1,2;3,1.5\n2;2;4\n"
    assert support(election(votes, "cumulative")) == {"1": 3, "2": 5.5, "3": 0}


def test_a_scoring_ballot_gives_the_default_score_to_what_it_does_not_name() -> None:
    votes = "voter_id;vote;points\n1;1;5\n2;1,2;1,2\n"
    content = election(votes, "scoring").replace(b"currency;", b"default_score;1\ncurrency;")
    assert support(content) == {"1": 6, "2": 3, "3": 2}


def test_a_ranking_counts_the_projects_below_on_the_ballot() -> None:
    assert support(election("voter_id;vote\n1;2,1,3\n2;2,3\n", "ordinal")) == {
        "1": 1,
        "2": 3,
        "3": 0,
    }


def test_the_file_asks_for_the_most_support_within_its_budget() -> None:
    pool, problems = load_pool(election("voter_id;vote\n1;1\n", budget="1500,50"), "Town 2026.pb")
    assert problems == ()
    assert pool.scenario.objective.aim == "benefit"
    (rule,) = pool.scenario.rules
    assert isinstance(rule, TotalBudget)
    assert rule.limit == 150_050
    assert (pool.cluster.name, pool.cluster.currency) == ("Town 2026", "EUR")


def test_the_first_category_is_the_theme_and_targets_stand_in() -> None:
    projects = read_result(election("voter_id;vote\n1;1\n"), "x.pb").projects
    assert [(p.name, p.theme, p.cost, p.summary) for p in projects] == [
        ("Park", "green", 10_000, "category: green, sport; beneficiaries: children"),
        ("Lamp", "elderly", 5_050, "beneficiaries: elderly"),
        ("3", "", 7_000, ""),
    ]


def test_bad_projects_and_ballots_are_told_by_row_and_the_rest_counts() -> None:
    projects = "PROJECTS\nproject_id;cost\n1;100\n1;5\n2;many\n3;-4\n;6\n"
    result = read_result(election("voter_id;vote\n1;1,99\n2;1\n", projects=projects), "x.pb")
    assert [(p.id, p.benefit) for p in result.projects] == [("1", 2.0)]
    assert [(p.field, p.value, p.row) for p in result.refused] == [
        ("project_id", "1", 12),
        ("cost", "many", 13),
        ("cost", "-4", 14),
        ("project_id", "", 15),
    ]
    assert result.unread == (
        Problem("vote", "99", "No project has this id. The rest of the ballot counts.", 18),
    )
    short = read_result(election("voter_id;vote;points\n1;1,2;3\n", "cumulative"), "x.pb")
    assert [(p.field, p.value) for p in short.unread] == [("points", "3")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"META\nkey;value\nbudget;5\n", "needs the section PROJECTS"),
        (election("", budget="much"), "META has to say the budget"),
        (election("", projects="PROJECTS\nproject_id;cost\n1;x\n"), "There is no project"),
        (election("", vote_type="shouting"), "Write one of approval, choose-1"),
    ],
)
def test_a_file_that_asks_no_question_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_result(content, "x.pb")
