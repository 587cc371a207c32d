"""The answer is the same whichever solver, seed or thread finds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer import Options, optimize, solver
from tests.support.cases import cases
from tests.support.full_oracle import FullQuestion
from tests.support.full_pools import full_questions
from tests.support.full_verdicts import agrees_in_full
from tests.support.pools import questions
from tests.support.verdicts import Asked, agrees, question_of


@cases(60)
@given(questions(10))
def test_cbc_gives_the_same_answers_where_highs_is_missing(asked: Asked) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "HAS_HIGHS", False)
        selection = optimize(*asked)
    agrees(question_of(asked), selection)


@cases(60)
@given(full_questions())
def test_cbc_gives_the_same_answers_to_the_full_model(asked: Asked) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "HAS_HIGHS", False)
        selection = optimize(*asked)
    agrees_in_full(FullQuestion(*asked), selection)


@cases(60)
@given(questions(12), st.integers(1, 1000))
def test_the_seed_steers_the_search_and_not_the_answer(asked: Asked, seed: int) -> None:
    agrees(question_of(asked), optimize(*asked, Options(seed=seed)))


@cases(20)
@given(st.lists(questions(10), min_size=8, max_size=8))
def test_questions_asked_at_the_same_time_do_not_disturb_each_other(many: list[Asked]) -> None:
    with ThreadPoolExecutor(4) as threads:
        selections = list(threads.map(lambda asked: optimize(*asked), many))
    for asked, selection in zip(many, selections, strict=True):
        agrees(question_of(asked), selection)
