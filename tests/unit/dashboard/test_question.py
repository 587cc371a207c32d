"""A visitor's question: to an address and back, and what it makes of the standing question."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dashboard.services.question import (
    ALWAYS_IN,
    LOSSES,
    NAMES,
    NOT_CLOSE,
    Question,
    from_params,
    scenario,
    switched,
    to_params,
    with_limit,
)
from portfolio.cluster import Cluster
from portfolio.funding.rules import Limit, LossLimit, Must, TotalBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario, StayClose, active_rules
from portfolio.units import Calendar

SOURCES = (Source("city", "City", (60_00, 30_00)), Source("odd:name", "Bank", (10_00, 0)))
SHARE = Limit(id="share", attribute="theme", at_least=Decimal("0.1"), at_most=Decimal("0.3"))
START = Scenario(
    objective=Objective(caution=0.25),
    sources=SOURCES,
    rules=(SHARE, Limit(id="few", attribute="all", measure="projects", at_most=Decimal(3))),
    off=("few",),
)
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2)),
    projects=tuple(Project(i, i.upper(), 100, 100) for i in ("a", "b", "c & d")),
    scenario=START,
)
FULL = Question(
    base="3",
    sources=(("city", 45_50), ("odd:name", 0)),
    aim="score",
    payoff_weight=0.25,
    caution=0.5,
    always_in=("a", "c & d"),
    always_out=("b",),
    off=("share",),
    limits=(("share", "at most", Fraction(1, 3)),),
    close="2",
)


def test_an_address_holds_the_whole_question() -> None:
    params = to_params(FULL)
    assert set(params) <= set(NAMES)
    assert from_params(params, POOL, START) == (FULL, ())
    alone = Question(money=12_345_67)
    assert from_params(to_params(alone), POOL, START) == (alone, ())


def test_the_standing_question_needs_no_address() -> None:
    assert to_params(Question()) == {}
    assert scenario(Question(), START) == START


def test_all_rules_on_differs_in_the_address_from_as_agreed() -> None:
    all_on = Question(off=())
    assert from_params(to_params(all_on), POOL, START)[0] == all_on
    assert scenario(all_on, START).off == ()


def test_what_a_link_names_and_nobody_knows_is_left_out_and_said() -> None:
    params = {
        "money": ["lots"],
        "source": ["nobody:5", "city:-1", "city:1e99", "city"],
        "aim": ["fame"],
        "weight": ["2"],
        "caution": ["nan"],
        "in": ["a", "gone"],
        "out": ["<script>"],
        "off": ["nothing"],
        "limit": ["share:at most:1/0", "share:upwards:1", "x", "gone:at most:1"],
    }
    question, notes = from_params(params, POOL, START)
    assert question == Question(always_in=("a",), off=())
    assert len(notes) == 8
    assert all(note.endswith(".") for note in notes)


def test_a_proposal_wanted_in_and_out_is_left_open() -> None:
    question, notes = from_params({"in": ["a", "b"], "out": ["b"]}, POOL, START)
    assert (question.always_in, question.always_out, len(notes)) == (("a",), (), 1)


def test_money_scales_every_funder_as_agreed() -> None:
    asked = scenario(Question(money=50_00), START)
    assert [source.total for source in asked.sources] == [45_00, 5_00]


def test_a_funder_is_set_alone() -> None:
    asked = scenario(Question(sources=(("city", 30_00),)), START)
    assert [source.budgets for source in asked.sources] == [(20_00, 10_00), (10_00, 0)]


def test_money_of_a_list_without_funders_is_one_budget() -> None:
    bare = Scenario()
    asked = scenario(Question(money=5_00), bare)
    assert asked.rules == (TotalBudget(id="budget", limit=5_00),)


def test_always_in_is_one_more_rule() -> None:
    asked = scenario(Question(always_in=("a",)), START)
    assert asked.rules[-1] == Must(id=ALWAYS_IN, projects=("a",))


def test_a_limit_on_bad_outcomes_is_one_more_rule_that_its_switch_takes_back() -> None:
    question, notes = from_params({"losses": ["-1200.50"]}, POOL, START)
    assert (question, notes) == (Question(losses=-1200_50), ())
    assert to_params(question) == {"losses": ["-1200.50"]}
    assert scenario(question, START).rules[-1] == LossLimit(id=LOSSES, at_most=-1200_50)
    assert switched(question, START, LOSSES, False) == Question()
    assert switched(Question(always_in=("a",)), START, ALWAYS_IN, False) == Question()


def test_a_moved_limit_changes_that_side_and_the_sentence_follows() -> None:
    start = replace(START, rules=(replace(SHARE, sentence="As the board wrote it"),))
    question = with_limit(Question(), "share", "at most", Fraction(1, 4))
    (rule,) = scenario(question, start).rules
    assert isinstance(rule, Limit)
    assert (rule.at_least, rule.at_most, rule.sentence) == (Decimal("0.1"), Decimal("0.25"), "")


def test_a_limit_moved_twice_has_the_last_value() -> None:
    once = with_limit(Question(), "share", "at most", Fraction(1, 4))
    twice = with_limit(once, "share", "at most", Fraction(1, 2))
    assert twice.limits == (("share", "at most", Fraction(1, 2)),)


def test_switching_a_rule_off_and_on_again_is_as_agreed() -> None:
    off = switched(Question(), START, "share", False)
    assert off.off == ("few", "share")
    assert "share" not in {rule.id for rule in active_rules(scenario(off, START))}
    assert switched(off, START, "share", True) == Question()


def test_staying_close_names_the_mix_that_was_agreed() -> None:
    asked = scenario(Question(close="2"), START, agreed=("b", "a"))
    assert asked.stay_close is not None
    assert asked.stay_close.agreed == ("b", "a")


def test_a_question_that_stayed_close_does_so_until_it_is_let_go() -> None:
    close = replace(START, stay_close=StayClose(("a", "b"), Decimal("0.03")))
    assert scenario(Question(), close) == close
    other = scenario(Question(close="2"), close, agreed=("c",)).stay_close
    assert other == StayClose(("c",), Decimal("0.03"))
    let_go = Question(close=NOT_CLOSE)
    assert scenario(let_go, close).stay_close is None
    assert from_params(to_params(let_go), POOL, close) == (let_go, ())
    assert from_params(to_params(let_go), POOL, START)[0] == Question()
