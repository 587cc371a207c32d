"""Participatory budgets as published: the same optimum as pabutools' rule of greatest welfare."""

from __future__ import annotations

from pathlib import Path

import pytest
from pabutools.election import Additive_Cardinal_Sat, Cardinality_Sat, parse_pabulib
from pabutools.rules import max_additive_utilitarian_welfare

from data.importer import load_pool
from optimizer import Options, optimize
from portfolio.selection import Status

FILES = (
    "France_Toulouse_2022",
    "France_Toulouse_2024",
    "Netherlands_Amsterdam_285",
    "Netherlands_Amsterdam_622",
    "Poland_Czestochowa_2024_Tysiaclecie",
    "Poland_Katowice_2024_Ligota_-_Panewniki",
    "Poland_Katowice_2024_Srodmiescie",
    "Poland_Poznan_2025_large",
    "Poland_Warszawa_2020_Praga-Poludnie",
    "Poland_Warszawa_2022_Ursynow",
    "Poland_Warszawa_2024_Bielany",
    "US_Stanford_Dataset_PB_Seattle_2016_vote_approvals",
)
# What a ballot says of a project: a vote, or points.
POINTS = ("cumulative", "scoring")


@pytest.mark.parametrize("name", FILES)
def test_a_participatory_budget_gets_the_greatest_total_support(real_data: Path, name: str) -> None:
    path = real_data / "instances" / "pabulib" / f"{name}.pb"
    instance, profile = parse_pabulib(str(path))
    by_points = instance.meta["vote_type"] in POINTS
    measure = Additive_Cardinal_Sat if by_points else Cardinality_Sat
    support = profile.as_multiprofile().as_sat_profile(measure)
    theirs = max_additive_utilitarian_welfare(instance, profile, sat_profile=support)
    greatest = sum(support.total_satisfaction_project(project) for project in theirs)

    pool, problems = load_pool(path)
    selection = optimize(pool, pool.scenario, Options(time_limit=120))

    assert problems == ()
    assert len(pool.candidates) == len(instance)
    assert selection.status is Status.OPTIMAL
    assert selection.value == selection.bound == greatest * 1_000_000
    by_name = {project.name: project for project in instance}
    ours = [by_name[i] for i in selection.ids]
    assert sum(support.total_satisfaction_project(project) for project in ours) == greatest
    assert sum(project.cost for project in ours) <= instance.budget_limit
    assert selection.spend == sum(project.cost for project in ours) * 100


def test_every_published_file_is_tried(real_data: Path) -> None:
    there = {path.stem for path in (real_data / "instances" / "pabulib").glob("*.pb")}
    assert there == set(FILES)
