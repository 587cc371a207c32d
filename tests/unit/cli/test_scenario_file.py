"""The scenario file: what it states counts, what it leaves out stands, and every fault is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.scenario_file import MOST_BYTES, parse_scenario, read_scenario
from data.scenario_toml import write_scenario
from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.funding.rules import (
    AtMostOf,
    Capacity,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus, Scope
from portfolio.scenario import Objective, Scenario, StayClose
from portfolio.units import Calendar

YEARS = Calendar(date(2027, 1, 1), 12, 2)
HALF = Limit(id="half", attribute="theme", at_most=Decimal("0.5"))
STANDING = Scenario(
    name="Standing",
    objective=Objective(aim="blend", caution=0.25),
    sources=(
        Source("region", "The Region", (30_000, 10_000), carry_over=True, themes=("Port",)),
        Source("fees", "Member fees", (10_000, 10_000)),
    ),
    rules=(HALF,),
    off=("budget:fees", "half"),
    on=date(2027, 3, 1),
)


def pool_with(scenario: Scenario = STANDING) -> Pool:
    projects = (
        Project("P-1", "Ice radar", theme="Port"),
        Project("P-2", "Shore power", theme="Energy"),
        Project("P-3", "Old barge", theme="Port"),
    )
    return Pool(Cluster("c", "Cluster", "EUR", YEARS), projects=projects, scenario=scenario)


def read(text: str, scenario: Scenario = STANDING) -> Scenario:
    return parse_scenario(text.encode(), pool_with(scenario), name="question")


def problems(text: str, scenario: Scenario = STANDING) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read(text, scenario)
    return {problem.field: problem.remedy for problem in caught.value.problems}


def test_an_empty_file_asks_the_standing_question_under_the_name_of_the_file() -> None:
    scenario = read("")
    assert scenario.name == "question"
    assert (scenario.objective, scenario.sources, scenario.rules, scenario.off, scenario.on) == (
        STANDING.objective,
        STANDING.sources,
        STANDING.rules,
        STANDING.off,
        STANDING.on,
    )


def test_a_budget_scales_every_standing_source_in_proportion() -> None:
    # 600 in all, so far 400 and 200: the same shares of 1,200 are 900 and 300 (of 800), 200 and 200.
    sources = read("budget = 1_200").sources
    assert [source.budgets for source in sources] == [(60_000, 20_000), (20_000, 20_000)]


def test_a_budget_over_a_pool_without_sources_becomes_the_total_budget() -> None:
    assert read('budget = "2,000,000.50"', Scenario()).rules == (
        TotalBudget(id="budget", limit=200_000_050),
    )


def test_an_objective_keeps_what_the_file_does_not_state() -> None:
    assert read('[objective]\naim = "score"').objective == Objective(aim="score", caution=0.25)


def test_stated_rules_take_the_place_of_the_standing_ones_and_their_switches() -> None:
    scenario = read('[[rules]]\nkind = "must"\nid = "agreed"\nprojects = ["P-1"]')
    assert scenario.rules == (Must(id="agreed", projects=("P-1",)),)
    assert scenario.off == ("budget:fees",)


def test_kept_rules_stand_beside_the_stated_ones_and_the_same_id_is_replaced() -> None:
    scenario = read(
        "keep_rules = true\n"
        '[[rules]]\nkind = "limit"\nid = "half"\nattribute = "theme"\nat_most = 0.6\n'
        '[[rules]]\nkind = "must not"\nprojects = ["P-3"]\n'
    )
    assert scenario.rules == (
        Limit(id="half", attribute="theme", at_most=Decimal("0.6")),
        MustNot(id="rule-2", projects=("P-3",)),
    )


def test_the_total_budget_of_a_list_stays_when_the_file_states_only_other_rules() -> None:
    total = TotalBudget(id="budget", limit=5)
    text = '[[rules]]\nkind = "must"\nprojects = ["P-1"]'
    assert read(text, Scenario(rules=(total, HALF))).rules == (
        total,
        Must(id="rule-1", projects=("P-1",)),
    )


def test_a_total_budget_in_the_file_replaces_that_of_the_list() -> None:
    standing = Scenario(rules=(TotalBudget(id="budget", limit=5),))
    text = '[[rules]]\nkind = "total budget"\nid = "cap"\nlimit = 7'
    assert read(text, standing).rules == (TotalBudget(id="cap", limit=700),)


def test_a_source_of_a_known_id_takes_what_it_leaves_out_from_the_cluster() -> None:
    scenario = read('[[sources]]\nid = "region"\nbudgets = { "2028" = 5 }\nthemes = []')
    assert scenario.sources == (Source("region", "The Region", (0, 500), carry_over=True),)


def test_a_new_source_may_state_its_money_in_all() -> None:
    text = (
        '[[sources]]\nid = "state"\nbudget = 0.03\nscopes = ["hot spot"]\nlead_roles = ["academia"]'
    )
    assert read(text).sources == (
        Source(
            "state", "state", (2, 1), scopes=(Scope.HOT_SPOT,), lead_roles=(HelixRole.ACADEMIA,)
        ),
    )


def test_every_kind_of_rule_is_read_in_its_own_unit() -> None:
    text = """
        [[rules]]
        kind = "limit"
        attribute = "all"
        measure = "money"
        at_least = 12.5
        origin = "Call 4"
        valid_from = 2027-01-01
        [[rules]]
        kind = "limit"
        attribute = "newcomer"
        value = true
        measure = "projects"
        at_least = 1
        at_most = 2
        [[rules]]
        kind = "capacity"
        resource = "staff days"
        amounts = 40.5
        [[rules]]
        kind = "requires"
        project = "P-1"
        needs = ["P-2"]
        [[rules]]
        kind = "at most of"
        projects = ["P-1", "P-3"]
        count = 1
    """
    assert read(text).rules == (
        Limit(
            id="rule-1",
            attribute="all",
            measure="money",
            at_least=Decimal(1250),
            origin="Call 4",
            valid_from=date(2027, 1, 1),
        ),
        Limit(
            id="rule-2",
            attribute="newcomer",
            value="yes",
            measure="projects",
            at_least=Decimal(1),
            at_most=Decimal(2),
        ),
        Capacity(id="rule-3", resource="staff days", amounts=(Decimal("40.5"),)),
        Requires(id="rule-4", project="P-1", needs=("P-2",)),
        AtMostOf(id="rule-5", projects=("P-1", "P-3"), count=1),
    )


def test_a_rule_may_name_a_running_project_but_none_that_must_be_in() -> None:
    ferry = Project("P-9", "Ferry", status=ProjectStatus.RUNNING)
    pool = pool_with()
    pool = replace(pool, projects=(*pool.projects, ferry))

    def rules(text: str) -> tuple[Rule, ...]:
        return parse_scenario(text.encode(), pool, name="question").rules

    text = (
        '[[rules]]\nkind = "must not"\nprojects = ["P-9"]\n'
        '[[rules]]\nkind = "requires"\nproject = "P-1"\nneeds = ["P-9"]\n'
        '[[rules]]\nkind = "at most of"\nprojects = ["P-1", "P-9"]\ncount = 1\n'
    )
    assert rules(text) == (
        MustNot(id="rule-1", projects=("P-9",)),
        Requires(id="rule-2", project="P-1", needs=("P-9",)),
        AtMostOf(id="rule-3", projects=("P-1", "P-9"), count=1),
    )
    with pytest.raises(InputError, match="No proposal has this id"):
        rules('[[rules]]\nkind = "must"\nprojects = ["P-9"]')
    with pytest.raises(InputError, match="No project has this id"):
        rules('[[rules]]\nkind = "must not"\nprojects = ["P-8"]')


def test_the_wish_to_change_little_and_the_day_can_be_stated_and_withdrawn() -> None:
    scenario = read('on = "any day"\n[stay_close]\nagreed = ["P-2"]\nloss = 0.01')
    assert scenario.on is None
    assert scenario.stay_close == StayClose(("P-2",), Decimal("0.01"))
    assert read("stay_close = false", Scenario(stay_close=StayClose(("P-1",)))).stay_close is None


def test_all_faults_of_a_file_are_told_at_once_each_at_its_place() -> None:
    found = problems("""
        budget = -5
        bugdet = 3
        off = ["haf"]
        [objective]
        caution = 1.5
        aim = "profit"
        [[sources]]
        id = "region"
        budgets = [1, 2, 3]
        scopes = ["cluster"]
        [[rules]]
        kind = "limit"
        id = "x"
        attribute = "theme"
        value = "port"
        at_most = 30
        [[rules]]
        kind = "must"
        id = "x"
        projects = ["P-4", 4]
        cont = 2
        [[rules]]
        kind = "mist"
        [[rules]]
        id = "y"
        [[rules]]
        kind = "capacity"
        resource = "staff"
        amounts = [1, nan]
        [[rules]]
        kind = "total budget"
        limit = 1.005
        [[rules]]
        kind = "limit"
        attribute = "risk"
        at_least = 0.5
        at_most = 0.4
        [[rules]]
        kind = "limit"
        attribute = "lead"
    """)
    assert set(found) == {
        "budget",
        "bugdet",
        "off[1]",
        "objective.caution",
        "objective.aim",
        "sources[1].budgets",
        "sources[1].scopes[1]",
        "rules[1].value",
        "rules[1].at_most",
        "rules[2].id",
        "rules[2].projects[1]",
        "rules[2].projects[2]",
        "rules[2].cont",
        "rules[3]",
        "rules[4]",
        "rules[5].amounts[2]",
        "rules[6].limit",
        "rules[7].at_most",
        "rules[8]",
    }
    assert "“budget”" in found["bugdet"]
    assert "0.3 for 30 %" in found["rules[1].at_most"]
    assert "“Port”" in found["rules[1].value"]
    assert "“half”" not in found["off[1]"]  # the file replaces the standing rules


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('budget = "12k"', "budget"),
        ('budget = "1,50"', "budget"),
        ("budget = inf", "budget"),
        ("budget = 1e999999999", "budget"),
        ("budget = true", "budget"),
        ("budget = [1]", "budget"),
        ("name = 3", "name"),
        ("on = 2027-01-01T10:00:00", "on"),
        ('on = "01/02/2027"', "on"),
        ("rules = 3", "rules"),
        ("rules = [3]", "rules[1]"),
        ("sources = {}", "sources"),
        ('sources = [{id = "new"}]', "sources[1].budgets"),
        ('sources = [{id = "a", budget = 1, budgets = [1, 1]}]', "sources[1]"),
        ('sources = [{id = "region"}, {id = "region"}]', "sources[2].id"),
        ('sources = [{id = "region", budgets = {"2031" = 1}}]', "sources[1].budgets"),
        ('sources = [{id = "region", carry_over = "yes"}]', "sources[1].carry_over"),
        ('objective = "payoff"', "objective"),
        ("stay_close = true", "stay_close"),
        ('stay_close = {agreed = ["P-9"]}', "stay_close.agreed[1]"),
        ("keep_rules = 1", "keep_rules"),
        ('rules = [{kind = "must", projects = []}]', "rules[1].projects"),
        ('rules = [{kind = "must"}]', "rules[1].projects"),
        ('rules = [{kind = "must", id = " ", projects = ["P-1"]}]', "rules[1].id"),
        ('rules = [{kind = "eligibility", id = "eligibility"}]', "rules[1].id"),
        ('rules = [{kind = "must", id = "budget", projects = ["P-1"]}]', "rules[1].id"),
        ('rules = [{kind = "source budget", source = "regio"}]', "rules[1].source"),
        ('rules = [{kind = "at most of", projects = ["P-1"], count = 1.5}]', "rules[1].count"),
        ('rules = [{kind = "limit", attribute = "risk", value = "big"}]', "rules[1].value"),
        ('rules = [{kind = "limit", attribute = "color", at_most = 1}]', "rules[1].attribute"),
        (
            'rules = [{kind = "limit", attribute = "all", measure = "projects", at_most = 1.5}]',
            "rules[1].at_most",
        ),
        (
            'rules = [{kind = "must", projects = ["P-1"], valid_from = 2027-02-01, '
            "valid_to = 2027-01-01}]",
            "rules[1].valid_to",
        ),
    ],
)
def test_a_fault_is_told_at_its_place_with_a_remedy(line: str, field: str) -> None:
    found = problems(line)
    assert field in found
    assert found[field].endswith((".", "”"))


def test_text_that_is_not_toml_is_told_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        read('name = "a"\nbudget = 2,000,000\n')
    (problem,) = caught.value.problems
    assert (problem.row, problem.value) == (2, "budget = 2,000,000")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00n", b"a = " + b"[" * 50_000, b"a = " + b"9" * 5_000, b"name = \x00", b"=", b"["],
)
def test_hostile_bytes_are_a_problem_and_nothing_worse(content: bytes) -> None:
    with pytest.raises(InputError):
        parse_scenario(content, pool_with())


def test_a_byte_order_mark_does_not_stand_in_the_way() -> None:
    assert parse_scenario(b'\xef\xbb\xbfname = "a"', pool_with()).name == "a"


def test_a_missing_a_huge_and_a_folder_path_are_told(tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * (MOST_BYTES + 1))
    for path, word in ((tmp_path, "no such"), (tmp_path / "no.toml", "no such"), (huge, "larger")):
        with pytest.raises(InputError, match=word):
            read_scenario(path, pool_with())


def test_what_is_written_reads_back_as_the_same_question(tmp_path: Path) -> None:
    path = tmp_path / "standing.toml"
    path.write_text(write_scenario(STANDING), encoding="utf-8")
    assert read_scenario(path, pool_with()) == STANDING


def test_an_empty_question_written_out_stays_empty_over_a_full_pool() -> None:
    assert read(write_scenario(Scenario())) == Scenario()
