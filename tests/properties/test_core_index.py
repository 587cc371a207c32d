"""The core index against its definition, mix by mix, on pools small enough to look at each."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import Options, robustness
from optimizer.draws import drawn_values, drawn_weights
from optimizer.robustness import CoreIndex
from portfolio.pool import Pool
from portfolio.scoring.information import PARTS, Information, ratings
from tests.support.cases import cases
from tests.support.pools import questions
from tests.support.verdicts import Asked, question_of

Span = tuple[Fraction, Fraction]


def judged(pool: Pool, project: str, criterion: str) -> list[Fraction]:
    """The levels that count; pools here judge on linear scales from 0 to 10."""
    partial = {s.member for s in pool.judgements if s.project == project and s.interest}
    return [
        Fraction(str(s.level))
        for s in pool.judgements
        if (s.project, s.criterion) == (project, criterion)
        and s.level is not None
        and s.member not in partial
    ]


def spans(pool: Pool, wide: bool) -> dict[str, list[Span]]:
    """Least and most of each value, 0 to 100; anywhere where nobody said anything."""
    found: dict[str, list[Span]] = {}
    for project in pool.candidates:
        row: list[Span] = []
        for criterion in pool.criteria:
            levels = judged(pool, project.id, criterion.id)
            if not levels:
                row.append((Fraction(0), Fraction(100)))
            elif wide:
                row.append((10 * min(levels), 10 * max(levels)))
            else:
                mean = 10 * sum(levels, Fraction(0)) / len(levels)
                row.append((mean, mean))
        found[project.id] = row
    return found


def rank_order(swings: list[Fraction]) -> list[list[Fraction]]:
    """(1, 0, 0 …), (½, ½, 0 …) and so on, in every order that the swings leave open."""
    points = []
    for order in itertools.permutations(range(len(swings))):
        if all(swings[a] >= swings[b] for a, b in itertools.pairwise(order)):
            for size in range(1, len(order) + 1):
                top = order[:size]
                points.append([Fraction(j in top, size) for j in range(len(order))])
    return points


def by_definition(asked: Asked, wide: bool) -> dict[str, Fraction] | None:
    """Share of the non-dominated mixes that hold each project; None when no mix is allowed."""
    pool, _ = asked
    question = question_of(asked)
    weights = rank_order([Fraction(str(c.swing)) for c in pool.criteria])
    value = spans(pool, wide)
    allowed = [set(question.members(int(m))) for m in np.flatnonzero(question.allowed())]

    def margin(one: set[str], other: set[str], w: list[Fraction], side: int) -> Fraction:
        ours = sum(w[j] * value[i][j][side] for i in one - other for j in range(len(w)))
        theirs = sum(w[j] * value[i][j][1 - side] for i in other - one for j in range(len(w)))
        return Fraction(ours - theirs)

    def dominates(one: set[str], other: set[str]) -> bool:
        return all(margin(one, other, w, 0) >= 0 for w in weights) and any(
            margin(one, other, w, 1) > 0 for w in weights
        )

    left = [mix for mix in allowed if not any(dominates(other, mix) for other in allowed)]
    if not left:
        return None
    return {
        project.id: Fraction(sum(project.id in mix for mix in left), len(left))
        for project in pool.candidates
    }


@cases(120)
@given(questions(5), st.booleans())
def test_the_exact_index_is_the_share_of_non_dominated_mixes(asked: Asked, wide: bool) -> None:
    pool, scenario = asked
    assume(pool.criteria and pool.candidates)
    expected = by_definition(asked, wide)
    got = robustness(pool, scenario, Information(scores="range" if wide else "mean"))
    assert got.method == "exact"
    if expected is None:
        assert (got.indices, got.mixes) == ((), 0)
        return
    assert {each.project: each.index for each in got.indices} == {
        project: pytest.approx(float(share)) for project, share in expected.items()
    }
    assert all(each.at_least == each.index == each.at_most for each in got.indices)


def every_draw(
    asked: Asked, known: Information, draws: int
) -> tuple[dict[str, int], dict[str, int]] | None:
    """How often each project is in all best mixes of a draw, and in some, by looking at each mix."""
    pool, _ = asked
    question = question_of(asked)
    mixes = [question.members(int(m)) for m in np.flatnonzero(question.allowed())]
    if not mixes:
        return None
    rated = ratings(pool, known)
    weights = drawn_weights(rated.weights, known, draws, 0)
    values = drawn_values(rated, draws, 0)
    ids = [project.id for project in pool.candidates]
    inside = np.array([[i in mix for i in ids] for mix in mixes], dtype=np.int64)
    always, ever = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    for w, v in zip(weights, values, strict=True):
        worth = inside @ (v @ w)
        best = inside[worth >= worth.max() * (1 - 1e-7)]
        for place, name in enumerate(ids):
            always[name] += bool(best[:, place].all())
            ever[name] += bool(best[:, place].any())
    return always, ever


@cases(60)
@given(
    questions(6),
    st.sampled_from(
        [
            Information(),
            Information("interval", Decimal("0.5")),
            Information("interval", Decimal(1), scores="range"),
        ]
    ),
)
def test_the_sampled_index_is_that_of_solving_every_draw(asked: Asked, known: Information) -> None:
    pool, scenario = asked
    assume(pool.criteria and pool.candidates)
    draws = 60
    naive = every_draw(asked, known, draws)
    got = robustness(pool, scenario, known, draws=draws, method="sample")
    if naive is None:
        assert got.indices == ()
        return
    always, ever = naive
    assert got.draws == draws
    assert got.mean_loss <= 0.0002
    for each in got.indices:
        least, most = always[each.project] / draws, ever[each.project] / draws
        assert least - 0.02 - 1e-9 <= each.index <= most + 0.02 + 1e-9
        assert each.at_least <= each.index + 1e-9
        assert each.index <= each.at_most + 1e-9
        # The band allows for draws of which nothing is proven, so it never leaves the truth out.
        assert each.at_least <= most + 1e-9
        assert each.at_most >= least - 1e-9


@cases(40)
@given(questions(5), st.integers(0, 3))
def test_draws_keep_to_what_is_known(asked: Asked, seed: int) -> None:
    pool, _ = asked
    assume(pool.criteria)
    known = Information("interval", Decimal("0.25"))
    agreed = np.array([float(w) for w in ratings(pool, known).weights])
    inside = drawn_weights(ratings(pool, known).weights, known, 50, seed)
    assert (inside.sum(axis=1) == PARTS).all()
    assert (np.abs(inside / PARTS - agreed) <= 0.25 * agreed + 1e-5).all()
    ordered = drawn_weights(ratings(pool, known).weights, Information(), 50, seed)
    assert (ordered.sum(axis=1) == PARTS).all()
    for a, b in itertools.permutations(range(len(agreed)), 2):
        if agreed[a] > agreed[b]:
            assert (ordered[:, a] >= ordered[:, b]).all()


def test_a_project_is_core_in_all_mixes_and_exterior_in_none() -> None:
    assert CoreIndex("a", 1.0, 0.99, 1.0).kind == "core"
    assert CoreIndex("a", 0.0, 0.0, 0.02).kind == "exterior"
    assert CoreIndex("a", 0.5, 0.4, 0.6).kind == "borderline"


@cases(10)
@given(questions(6))
def test_the_same_question_has_the_same_indices(asked: Asked) -> None:
    pool, scenario = asked
    assume(pool.criteria and pool.candidates)
    one = robustness(pool, scenario, draws=40, method="sample")
    assert one == robustness(pool, scenario, draws=40, method="sample", options=Options(60.0))
