"""Rules, funders and criteria as forms: what they make, and what they refuse."""

from datetime import date
from decimal import Decimal

import pytest

from dashboard.services import criteria_forms, source_forms
from dashboard.services.board_forms import build as build_board
from dashboard.services.board_forms import rows as board_rows
from dashboard.services.drafts import differences, switched, with_rule, without_rule
from dashboard.services.rule_fields import Fields
from dashboard.services.rule_forms import build, fields_of, new_id, said, values_of
from data.samples import demo_pools
from portfolio.errors import InputError
from portfolio.funding.rules import Limit, MustNot, TotalBudget
from portfolio.pool import Pool
from portfolio.scoring.criteria import Anchor

HALM, WEIDENAU = demo_pools()


def refused(kind: str, told: Fields) -> list[str]:
    """Everything that a form says is wrong."""
    with pytest.raises(InputError) as caught:
        build(kind, "r", told, HALM)
    return [f"{problem.field}: {problem.remedy}" for problem in caught.value.problems]


@pytest.mark.parametrize("pool", demo_pools(), ids=lambda pool: pool.cluster.id)
def test_every_rule_of_the_demo_comes_back_from_its_form_as_it_was(pool: Pool) -> None:
    for rule in pool.scenario.rules:
        assert build(rule.kind, rule.id, fields_of(rule), pool) == rule


def test_a_share_is_written_in_per_cent_and_money_in_whole_units() -> None:
    share = build("limit", "r", Fields(at_most=30), HALM)
    assert isinstance(share, Limit)
    assert share.at_most == Decimal("0.3")
    assert said(share, HALM, HALM.scenario) == "At most 30\u00a0% of the money to each theme"
    money = build("limit", "r", Fields(attribute="all", measure="money", at_least=1000.5), HALM)
    assert isinstance(money, Limit)
    assert money.at_least == 100_050
    total = build("total budget", "r", Fields(limit=2_000_000), HALM)
    assert isinstance(total, TotalBudget)
    assert total.limit == 200_000_000


def test_a_form_says_everything_that_is_wrong_with_it() -> None:
    backwards = Fields(
        at_least=120, at_most=20, valid_from=date(2027, 2, 1), valid_to=date(2027, 1, 1)
    )
    assert refused("limit", backwards) == [
        "In force to: It ends before it begins.",
        "At least: Write a number from 0 to 100.",
        "At least: It is above “at most”. Correct one of the two.",
    ]
    assert refused("limit", Fields()) == ["At least, at most: Write at least one of the two."]
    assert refused("capacity", Fields(amounts=(-1.0,))) == [
        "Resource: Name what is used up, as staff days.",
        "Amounts: No amount may be below zero.",
    ]
    assert refused("at most of", Fields(projects=("a",), count=1))[0].startswith(
        "Projects: Choose at"
    )
    assert refused("requires", Fields(project="a", projects=("a",)))[0].startswith(
        "Needs: A project"
    )
    assert refused("total budget", Fields(limit=float("nan"))) == [
        "Money: Write an amount, not below zero."
    ]


def test_a_new_rule_gets_an_id_of_its_own_and_a_removed_one_leaves_no_switch_behind() -> None:
    first = new_id(HALM.scenario, "must not")
    rule = MustNot(id=first, projects=("ice-radar",))
    draft = switched(with_rule(HALM.scenario, rule), first, on=False)
    assert new_id(draft, "must not") != first
    assert without_rule(draft, first) == HALM.scenario


def test_a_draft_says_what_it_changes_in_sentences() -> None:
    themes = next(rule for rule in HALM.scenario.rules if rule.id == "themes")
    milder = build("limit", "themes", fields_of(themes), HALM)
    assert differences(HALM, HALM.scenario, with_rule(HALM.scenario, milder)) == ()
    draft = with_rule(
        switched(HALM.scenario, "themes", on=False), MustNot(id="x", projects=("ice-radar",))
    )
    told = differences(HALM, HALM.scenario, draft)
    assert [line.split(":")[0] for line in told] == ["Switched off", "New"]
    assert told[1] == "New: Ice radar must stay out."


def test_a_rule_that_speaks_of_what_is_gone_still_has_a_sentence() -> None:
    gone = MustNot(id="x", projects=("no-such-project",))
    assert said(gone, HALM, HALM.scenario) == (
        "The rule “x” speaks of something that is not here any more"
    )


def test_a_limit_may_speak_of_each_class_that_a_candidate_has() -> None:
    assert values_of(HALM, "newcomer") == ("*", "no", "yes")
    assert values_of(HALM, "all") == ("all",)


def test_amounts_written_into_the_table_of_funders_change_those_periods_alone() -> None:
    sources, problems = source_forms.with_envelopes(
        HALM, HALM.scenario, {0: {"2027 H2": 12_345.67, "Funder": "x"}, 99: {"2027 H1": 1}}
    )
    assert problems == ()
    old = HALM.scenario.sources[0].budgets
    assert sources[0].budgets == (old[0], 12_345_67, *old[2:])
    assert sources[1:] == HALM.scenario.sources[1:]
    refused_amounts = source_forms.with_envelopes(
        HALM, HALM.scenario, {0: {"2027 H1": -1}, 1: {"2027 H1": "much"}}
    )[1]
    assert [problem.remedy for problem in refused_amounts] == [
        "Write an amount, not below zero."
    ] * 2


def test_a_funder_comes_back_from_its_form_and_needs_a_name_of_its_own() -> None:
    for source in HALM.scenario.sources:
        fields = source_forms.fields_of(source)
        assert source_forms.build(source.id, fields, source.budgets, ()) == source
    with pytest.raises(InputError, match="Another funder has this name"):
        source_forms.build("x", fields, (0,), (fields.name,))


def test_a_criterion_comes_back_from_its_form_and_says_what_is_wrong_with_it() -> None:
    for criterion in HALM.criteria:
        fields = criteria_forms.Fields(
            criterion.name,
            criterion.question,
            criterion.swing,
            criterion.measure,
            criterion.shape,
            tuple((anchor.level, anchor.value, anchor.text) for anchor in criterion.anchors),
        )
        assert criteria_forms.build(criterion.id, fields, ()) == criterion
    wrong = criteria_forms.Fields("", "", 50, "judged", "linear", ((1, 0, ""), (1, 140, "")))
    with pytest.raises(InputError) as caught:
        criteria_forms.build("x", wrong, ())
    assert [problem.field for problem in caught.value.problems] == ["Name", "Value"]


def test_rows_left_empty_are_no_answers_and_answers_are_put_in_order() -> None:
    told = criteria_forms.Fields(
        "New", "", 50, "judged", "linear", ((9, 100, "all"), (None, None, None), (0, 0, "none"))
    )
    built = criteria_forms.build("new", told, ())
    assert built.anchors == (Anchor(0, 0, "none"), Anchor(9, 100, "all"))


def test_the_board_keeps_its_ids_when_names_change_and_new_members_get_one() -> None:
    rows = list(board_rows(WEIDENAU))
    assert build_board(WEIDENAU, rows) == WEIDENAU.members
    first = rows[0]
    members = build_board(
        WEIDENAU, [(first[0], "Hanne Berg", first[2], first[3]), ("", "Uta Frey", "", False)]
    )
    assert [member.id for member in members] == [WEIDENAU.members[0].id, "uta-frey"]
    with pytest.raises(InputError, match="Write a name"):
        build_board(WEIDENAU, [("", " ", "", False)])
