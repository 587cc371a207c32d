"""Mix: the question in the address, the answer first, and the states in which there is none."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.services.question import Question, scenario
from data.store import Store
from optimizer import Clash, clash, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import Must, MustNot, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Objective, Scenario, with_rules
from portfolio.units import Calendar
from tests.support.clusters import HOSTILE, large
from tests.support.visits import Visit
from tests.support.worked_table import worked_pool, worked_scenario

ACTS = re.compile(r"(?<!\\)(!\[see|<img|:red\[x|`code|\$x|# h \|)")

Visitor = Callable[[], Visit]


def put(store: Store, pool: Pool) -> None:
    store.create_cluster(pool, "Ann")


@pytest.fixture
def worked(empty_store: Store) -> Store:
    """The published example: 15 to spend, best is Alpha, Beta, Gamma and Echo for 42.29875."""
    pool = worked_pool()
    put(empty_store, replace(pool, scenario=worked_scenario("15")))
    return empty_store


def chosen(page: Visit) -> set[str]:
    """Names that the table says are in."""
    table = next(each.value for each in page.at.dataframe if "In the mix" in each.value)
    return set(table.loc[table["In the mix"] == "● in", "Proposal"])


@pytest.mark.usefixtures("worked")
def test_the_answer_comes_first_with_its_proof(visit: Visitor) -> None:
    page = visit().open("mix")
    assert page.errors == []
    assert page.at.title[0].value == "The mix we suggest"
    assert "Fund 4 of 6 proposals for" in page.text
    assert ":green-badge[:material/check_circle: Proven best]" in page.text
    assert "1 of 1 rule met" in page.text
    assert chosen(page) == {"Alpha", "Beta", "Gamma", "Echo"}


@pytest.mark.usefixtures("worked")
def test_the_form_asks_anew_and_the_address_follows(visit: Visitor) -> None:
    page = visit().open("mix")
    (money,) = (each for each in page.at.number_input if each.label.startswith("Money"))
    money.set_value(money.value // 15 * 20)
    page.click("Find the best mix")
    assert page.errors == []
    assert chosen(page) == {"Beta", "Echo", "Foxtrot"}
    assert page.at.query_params["money"]
    assert page.click("Ask as agreed").at.query_params.get("money") in (None, [])
    assert chosen(page) == {"Alpha", "Beta", "Gamma", "Echo"}


@pytest.mark.usefixtures("worked")
def test_a_link_reopens_the_same_view(visit: Visitor) -> None:
    page = visit().open("mix", **{"in": ["Delta"], "out": ["Beta"], "project": "Foxtrot"})
    assert page.errors == []
    assert "Delta" in chosen(page)
    assert "Beta" not in chosen(page)
    (why,) = (each for each in page.at.selectbox if each.label == "A proposal")
    assert why.value == "Foxtrot"


@pytest.mark.usefixtures("worked")
def test_a_link_with_nonsense_says_so_and_answers_all_the_same(visit: Visitor) -> None:
    page = visit().open("mix", money="lots", base="7", **{"in": ["gone"], "project": "gone"})
    assert page.errors == []
    assert "The link names an amount of money that is none" in page.text
    assert "The decision that the link starts from is not on record here." in page.text
    assert chosen(page) == {"Alpha", "Beta", "Gamma", "Echo"}


@pytest.mark.usefixtures("worked")
def test_why_not_mine_tells_the_cost_of_putting_it_in(visit: Visitor) -> None:
    page = visit().open("mix", project="Foxtrot")
    assert "Putting Foxtrot in would cost" in page.text.replace("*", "")
    page.click("See the mix with it")
    assert "Foxtrot" in chosen(page)
    assert page.at.query_params["in"] == "Foxtrot"


@pytest.mark.usefixtures("worked")
def test_a_rule_switched_off_gives_the_mix_without_it(visit: Visitor) -> None:
    page = visit().open("mix")
    (budget,) = page.at.toggle
    budget.set_value(False).run()
    page.settle()
    assert page.errors == []
    assert len(chosen(page)) == 6
    assert any(not each.value for each in page.at.toggle)


def test_no_mix_names_the_clash_and_a_way_out(visit: Visitor, worked: Store) -> None:
    pool = worked.pool(worked.clusters()[0].id)
    must = Must(id="must", projects=("Foxtrot", "Echo", "Beta", "Alpha"))
    worked.save_standing_scenario(pool.cluster.id, with_rules(pool.scenario, must), "Ann")
    page = visit().open("mix")
    assert page.errors == []
    assert "No mix meets both rules." in page.text
    assert "cannot hold together" in page.text
    # Beta, Echo, Foxtrot and Alpha cost 23 and are worth 55.7; without either rule all six are in.
    assert (
        "The best mix is then worth €55.70\u00a0million, €3.60\u00a0million less than" in page.text
    )
    tries = [button for button in page.at.button if button.label == "Try it"]
    assert tries
    page.click("Try it")
    assert "Fund " in page.text


def test_a_way_out_that_time_cut_short_is_sought_again_by_who_comes_next(
    visit: Visitor, worked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = worked.pool(worked.clusters()[0].id)
    must = Must(id="must", projects=("Foxtrot", "Echo", "Beta", "Alpha"))
    worked.save_standing_scenario(pool.cluster.id, with_rules(pool.scenario, must), "Ann")

    def hasty(*asked: Any, **more: Any) -> Clash | None:
        found = clash(*asked, **more)
        assert found is not None
        return replace(found, repairs=tuple(replace(one, proven=False) for one in found.repairs))

    with monkeypatch.context() as patched:
        patched.setattr("optimizer.clash", hasty)
        assert "less may be enough" in visit().open("mix").text
    page = visit().open("mix")
    assert "Try it" in [button.label for button in page.at.button]
    assert "less may be enough" not in page.text


def test_two_clashes_are_shown_and_solved_one_after_the_other(
    visit: Visitor, worked: Store
) -> None:
    pool = worked.pool(worked.clusters()[0].id)
    money = Must(id="money", projects=("Foxtrot", "Echo", "Beta", "Alpha"))
    both = (Must(id="in", projects=("Delta",)), MustNot(id="out", projects=("Delta",)))
    worked.save_standing_scenario(pool.cluster.id, with_rules(pool.scenario, money, *both), "Ann")
    page = visit().open("mix")
    assert page.errors == []
    assert "2 sets of rules clash, and each needs a change." in page.text
    assert page.text.count("These 2 rules cannot hold together") == 2
    assert "No change of this rule alone helps" not in page.text
    page.click("Try it")
    assert "sets of rules clash" not in page.text
    assert "These 2 rules cannot hold together" in page.text
    page.click("Try it")
    assert page.errors == []
    assert "Fund " in page.text


def test_a_cluster_without_proposals_says_how_to_begin(visit: Visitor, empty_store: Store) -> None:
    put(empty_store, Pool(Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 12, 1))))
    page = visit().open("mix")
    assert page.errors == []
    assert "No proposals yet." in page.text


@pytest.mark.usefixtures("impatient")
def test_a_very_large_list_shows_the_nearest_misses_and_says_so(
    visit: Visitor, empty_store: Store
) -> None:
    put(empty_store, large(1_500))
    page = visit().open("mix")
    assert page.errors == []
    assert "All 1,500 proposals" in page.text
    assert "the 100 nearest misses are drawn" in page.text
    assert "Showing 500 of 1,500." in page.text


def test_names_that_would_act_show_as_typed(visit: Visitor, empty_store: Store) -> None:
    pool = large(3)
    first, *others = pool.projects
    odd = replace(first, name=HOSTILE, theme=HOSTILE, lead=HOSTILE)
    put(empty_store, replace(pool, projects=(odd, *others)))
    page = visit().open("mix", project=odd.id)
    assert page.errors == []
    for kind in ("markdown", "caption", "header", "subheader", "warning"):
        for each in page.at.get(kind):
            assert not ACTS.search(str(each.value)), each.value


def test_a_list_without_money_or_rules_is_answered(visit: Visitor, empty_store: Store) -> None:
    pool = large(4)
    put(empty_store, replace(pool, scenario=Scenario()))
    page = visit().open("mix")
    assert page.errors == []
    assert "no limit" in [metric.delta for metric in page.at.metric]
    assert "No other mix does better." in page.text


def test_no_money_funds_nothing_and_says_so(visit: Visitor, empty_store: Store) -> None:
    pool = large(4)
    budget = TotalBudget(id="budget", limit=0)
    put(empty_store, replace(pool, scenario=Scenario(rules=(budget,))))
    page = visit().open("mix")
    assert page.errors == []
    assert "Fund none of 4 proposals" in page.text


def test_fewest_changes_stays_with_what_was_agreed_among_nearly_equal_mixes(
    visit: Visitor, empty_store: Store
) -> None:
    def proposal(name: str, payoff: int) -> Project:
        return Project(name, name, 100, 100, payoff=ThreePoint(payoff, payoff, payoff))

    budget = TotalBudget(id="budget", limit=100)
    pool = Pool(
        Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
        (proposal("Better", 100_100), proposal("Agreed", 100_000)),
        scenario=Scenario(rules=(budget,)),
    )
    put(empty_store, pool)
    agreed = scenario(Question(always_in=("Agreed",)), pool.scenario)
    empty_store.save_decision("c", "Then", "Board", "", agreed, optimize(pool, agreed))
    page = visit().open("mix")
    assert chosen(page) == {"Better"}
    (fewest,) = page.at.checkbox
    fewest.check()
    page.click("Find the best mix")
    assert page.errors == []
    assert chosen(page) == {"Agreed"}
    assert "It stays as close as possible to what was agreed, within 0.5\u00a0%" in page.text


def test_a_list_of_benefits_alone_is_drawn_by_money_and_worth(
    visit: Visitor, empty_store: Store
) -> None:
    votes = tuple(Project(f"v{k}", f"V{k}", 100, 100, benefit=float(k)) for k in range(1, 5))
    question = Scenario(objective=Objective(aim="benefit"), rules=(TotalBudget(id="b", limit=200),))
    calendar = Calendar(date(2027, 1, 1), 12, 1)
    put(empty_store, Pool(Cluster("c", "C", "PLN", calendar), votes, scenario=question))
    page = visit().open("mix")
    assert page.errors == []
    assert "Fund 2 of 4 proposals for PLN\u00a02. Together they bring 7 in benefit." in page.text
    assert "Further right: asks for more. Higher: is worth more." in page.text
    assert chosen(page) == {"V3", "V4"}


@pytest.mark.usefixtures("impatient", "store_url")
def test_payoff_and_score_together_can_be_weighed(visit: Visitor) -> None:
    page = visit().open("mix", aim="blend")
    assert page.errors == []
    (weight,) = (each for each in page.at.slider if each.label == "Payoff counts for")
    assert weight.value == 50
    weight.set_value(90)
    page.click("Find the best mix")
    assert page.errors == []
    assert page.at.query_params["weight"] == "0.9"
    assert "Together they score" in page.text


def test_other_mixes_are_looked_for_on_request(visit: Visitor, store: Store) -> None:
    page = visit().open("mix")
    assert not any("Enters" in each.value for each in page.at.dataframe)
    page.click("Look for other mixes")
    assert page.errors == []
    (table,) = (each.value for each in page.at.dataframe if "Enters" in each.value)
    assert list(table["Mix"]) == ["Best", "No. 2", "No. 3", "No. 4", "No. 5", "No. 6"]
    assert list(table["Worth less"]) == sorted(table["Worth less"])
    assert table["Worth less"][0] == 0
    names = [project.name for project in store.pool("halm-maritime").candidates]
    for enters, leaves in zip(table["Enters"][1:], table["Leaves"][1:], strict=True):
        assert sum(name in enters for name in names) + sum(name in leaves for name in names) >= 3
    assert "The 6 best mixes of which any two differ by 3 projects or more." in page.text


@pytest.mark.usefixtures("impatient", "store_url")
def test_what_could_go_wrong_stands_in_a_sentence_figures_and_a_table(visit: Visitor) -> None:
    page = visit().open("mix")
    assert page.errors == []
    text = page.text
    assert "What could go wrong" in text
    (ends,) = re.findall(r"In 9 of 10 cases the mix ends between (\S+) and (\S+\smillion) ", text)
    table = next(each.value for each in page.at.table if "Figure" in each.value)
    told = {name: words.replace("\\", "") for name, words in table.to_numpy().tolist()}
    assert ends == (told["1 in 20 ends below"], told["1 in 20 ends above"])
    figures = {each.label: each.value for each in page.at.metric}
    assert re.fullmatch(r"\d+\u00a0of\u00a0100", figures["Loses money"])
    assert re.fullmatch(r"\d+\u00a0of\u00a0100", figures["A breakthrough"])
    # The two figures of success and failure add up to the mix.
    works, whole = figures["Expected to work"].split(" of ")
    fails, same = figures["Expected to fail"].split(" of ")
    assert whole == same
    assert float(works) + float(fails) == pytest.approx(float(whole), abs=0.11)
    spans = next(each.value for each in page.at.table if "Cases" in each.value)
    told = [words.replace("\\", "").removeprefix("under ") for words in spans["Cases"]]
    shares = [float(words.removesuffix(" of 100")) for words in told]
    assert sum(shares) == pytest.approx(100, abs=len(shares) * 0.1)


@pytest.mark.usefixtures("worked", "impatient")
def test_what_goes_wrong_with_the_worked_table_follows_from_its_chances(visit: Visitor) -> None:
    page = visit().open("mix")
    assert page.errors == []
    figures = {each.label: each.value for each in page.at.metric}
    # 4 − (.8·.5 + .5·.8 + .75² + .6·.75) = 2.1875
    assert figures["Expected to fail"] == "2.2 of 4"
    table = next(each.value for each in page.at.table if "Figure" in each.value)
    assert "€42.3" in dict(table.to_numpy().tolist())["On average"].replace("\\", "")
    assert "4 projects name a single payoff" in page.text


def test_a_list_without_payoffs_has_nothing_to_simulate(visit: Visitor, empty_store: Store) -> None:
    calendar = Calendar(date(2027, 1, 1), 12, 1)
    votes = tuple(Project(f"v{k}", f"V{k}", 100, 100, benefit=float(k)) for k in range(1, 5))
    question = Scenario(
        objective=Objective(aim="benefit"), rules=(TotalBudget(id="budget", limit=200),)
    )
    put(empty_store, Pool(Cluster("c", "C", "PLN", calendar), votes, scenario=question))
    page = visit().open("mix")
    assert page.errors == []
    assert "No payoff of this mix is known, so there is nothing to simulate." in page.text


@pytest.mark.usefixtures("impatient")
def test_estimates_that_fall_are_named_and_the_rest_of_the_page_stands(
    visit: Visitor, empty_store: Store
) -> None:
    pool = worked_pool()
    falling = replace(pool.project("Beta"), payoff=ThreePoint(9_000_000_00, 60_000_000_00, 100))
    others = tuple(each for each in pool.projects if each.id != "Beta")
    put(empty_store, replace(pool, projects=(*others, falling), scenario=worked_scenario("15")))
    page = visit().open("mix")
    assert len(page.errors) == 1
    assert "Order them: low is at most likely" in page.errors[0].replace("\\", "")
    assert "Beta" in chosen(page)
