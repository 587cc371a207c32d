"""JSON of frozen values: nothing is lost, and equal values are told apart by nothing."""

import json
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given

from data.codec import (
    fingerprint,
    from_json,
    rule_from_json,
    scenario_from_json,
    selection_from_json,
    to_json,
)
from portfolio.errors import InputError
from portfolio.funding.rules import Limit, Must
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario
from portfolio.selection import RuleCheck, Selection, Status
from tests.support.values import PROJECT_FIELDS, projects, rules, scenarios, selections


@given(projects)
def test_a_project_comes_back_as_it_went(project: Project) -> None:
    assert from_json(Project, to_json(project)) == project


@given(scenarios)
def test_a_question_comes_back_as_it_went(scenario: Scenario) -> None:
    assert scenario_from_json(to_json(scenario)) == scenario


@given(selections)
def test_an_answer_comes_back_as_it_went(selection: Selection) -> None:
    assert selection_from_json(to_json(selection)) == selection


@given(rules)
def test_every_kind_of_rule_comes_back_as_it_went(rule: Must) -> None:
    assert rule_from_json(to_json(rule)) == rule


def test_these_tests_draw_every_field_of_a_project() -> None:
    assert PROJECT_FIELDS.keys() == {field.name for field in fields(Project)}


def test_thirds_stay_thirds() -> None:
    check = RuleCheck("r", "s", "", Fraction(1, 3), None, Fraction(2), "share")
    text = to_json(Selection(Status.OPTIMAL, checks=(check,)))
    assert json.loads(text)["checks"][0]["used"] == "1/3"
    assert selection_from_json(text).checks[0].used == Fraction(1, 3)


def test_equal_values_have_one_fingerprint() -> None:
    one = Limit(id="a", attribute="theme", at_most=Decimal("0.30"))
    assert fingerprint(one) == fingerprint(replace(one, at_most=Decimal("0.3")))
    whole = Project("a", "A", p_technical=1.0)
    assert fingerprint(whole) == fingerprint(replace(whole, p_technical=1))
    assert fingerprint(whole) != fingerprint(replace(whole, p_technical=0.5))


def test_a_fingerprint_is_the_sha256_of_json_with_sorted_keys() -> None:
    check = RuleCheck("r", "größer", "", Fraction(1), None, Fraction(5, 2), "share")
    by_hand = (
        '{"at_least":null,"at_most":"5/2","label":"","rule":"r","sentence":"größer",'
        '"unit":"share","used":"1"}'
    )
    assert fingerprint(check) == sha256(by_hand.encode()).hexdigest()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_has_no_json(number: float) -> None:
    with pytest.raises(InputError, match="finite"):
        to_json(Project("a", "A", benefit=number))


def test_every_fault_of_a_text_is_told_at_once() -> None:
    text = '{"id": "a", "name": 5, "cost": 1.5, "status": "sleeping", "start": "soon"}'
    with pytest.raises(InputError) as caught:
        from_json(Project, text)
    assert {problem.field for problem in caught.value.problems} == {
        "name",
        "cost",
        "status",
        "start",
    }


def test_a_rule_of_no_known_kind_is_refused() -> None:
    with pytest.raises(InputError):
        rule_from_json('{"id": "a", "kind": "wish"}')


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(InputError):
        from_json(Project, "{")


def test_states_are_written_as_their_words() -> None:
    assert json.loads(to_json(Project("a", "A")))["status"] == ProjectStatus.PROPOSAL.value
