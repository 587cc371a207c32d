"""Who meets whom for the first time, what that is worth, and what projects are worth together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portfolio.cluster import Cluster
from portfolio.errors import NotFoundError
from portfolio.feasibility import checks, feasible
from portfolio.funding.rules import NewTies, Rule, Synergy
from portfolio.funding.ties import new_ties, pairs
from portfolio.pool import Pool
from portfolio.project import Partner, Project, ProjectStatus, Version
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.bonuses import bonuses
from portfolio.scoring.worth import mix_value
from portfolio.selection import Choice
from portfolio.units import Calendar

MICRO = 1_000_000


def project(name: str, lead: str, *partners: str, **fields: object) -> Project:
    with_whom = tuple(Partner(one.strip("-"), active=one[0] != "-") for one in partners)
    return Project(name, name.upper(), 10, 10, lead=lead, partners=with_whom, benefit=1.0, **fields)  # type: ignore[arg-type]


POOL = Pool(
    Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
    (
        project("a", "uni", "acme", "bolt"),
        project("b", "acme", "uni", "-corp"),
        project("c", "acme", "acme"),
        project("d", "", "bolt", "corp"),
        project("r", "acme", "bolt", status=ProjectStatus.RUNNING),
        project("x", "corp", "bolt", "-uni", status=ProjectStatus.CLOSED),
        project("u", "corp", "uni", cost_known=False),
    ),
)


def asked(*rules: Rule, off: tuple[str, ...] = ()) -> Scenario:
    return Scenario(objective=Objective("benefit"), rules=rules, off=off)


def synergy(worth: str, *projects: str) -> Synergy:
    return Synergy(id="s", projects=projects, worth=Decimal(worth))


def test_a_project_ties_its_lead_and_those_partners_that_have_not_left() -> None:
    told = {one.id: pairs(one) for one in POOL.projects}
    assert told["a"] == {("acme", "bolt"), ("acme", "uni"), ("bolt", "uni")}
    assert told["b"] == {("acme", "uni")}
    assert told["c"] == frozenset()
    assert told["d"] == {("bolt", "corp")}


def test_pairs_that_worked_together_before_are_not_new() -> None:
    # acme and bolt run a project; bolt and corp ended one.
    assert new_ties(POOL) == {("acme", "uni"): ("a", "b"), ("bolt", "uni"): ("a",)}


def test_each_new_pair_counts_once_however_many_projects_have_it() -> None:
    ties = asked(NewTies(id="t", worth=Decimal("0.25")))
    values = {mix: mix_value(POOL, ties, mix) for mix in ("", "a", "b", "ab", "cd")}
    assert values == {
        "": 0,
        "a": 1_500_000,
        "b": 1_250_000,
        "ab": 2_500_000,
        "cd": 2_000_000,
    }
    (told,) = checks(POOL, ties, ["a", "b"], ())
    assert (told.used, told.at_least, told.at_most, told.unit) == (2, None, None, "times")


@pytest.mark.parametrize(("mix", "value"), [("", 0), ("a", 1), ("ab", 2), ("abc", 13), ("bc", 2)])
def test_a_synergy_is_earned_once_when_all_are_in(mix: str, value: int) -> None:
    assert mix_value(POOL, asked(synergy("10", "a", "b", "c")), mix) == value * MICRO


def test_an_overlap_costs_and_forbids_nothing() -> None:
    overlap = asked(synergy("-10", "a", "b"))
    assert mix_value(POOL, overlap, "ab") == -8 * MICRO
    assert feasible(POOL, overlap, "ab")


def test_what_runs_counts_as_in_and_what_never_comes_earns_nothing() -> None:
    assert mix_value(POOL, asked(synergy("10", "a", "r")), "a") == 11 * MICRO
    assert mix_value(POOL, asked(synergy("10", "a", "x")), "a") == MICRO
    assert mix_value(POOL, asked(synergy("10", "a", "u")), "a") == MICRO
    assert bonuses(POOL, asked(synergy("10", "r", "r"))) == ()


def test_any_version_of_a_project_earns_what_it_earns() -> None:
    small = tuple(
        replace(one, versions=(Version("small", 5, 5, Decimal("0.5")),)) if one.id == "a" else one
        for one in POOL.projects
    )
    pool = replace(POOL, projects=small)
    mix = [Choice("a", "small"), Choice("b")]
    assert mix_value(pool, asked(synergy("10", "a", "b")), mix) == 11_500_000


def test_a_rule_that_is_off_adds_nothing_and_a_stranger_is_told() -> None:
    assert mix_value(POOL, asked(synergy("10", "a", "b"), off=("s",)), "ab") == 2 * MICRO
    with pytest.raises(NotFoundError):
        mix_value(POOL, asked(synergy("10", "a", "b")), ["a", "r"])
