"""The k best mixes against the oracle: each the first of those far enough from all before it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer import alternatives
from portfolio.errors import InputError
from portfolio.selection import Status
from tests.support.cases import cases
from tests.support.oracle import Answer, Question
from tests.support.pools import questions
from tests.support.verdicts import Asked, question_of


def expected(question: Question, k: int, apart: int) -> list[Answer]:
    """One after the other the oracle's best, all mixes too near to it struck off."""
    left = question.allowed().copy()
    found: list[Answer] = []
    every = np.arange(len(left))
    while len(found) < k and (best := question.pick(left)) is not None:
        found.append(best)
        distance = np.bitwise_count(every ^ question.number(best.ids))
        left &= distance >= apart
    return found


@cases(250)
@given(questions(10), st.integers(1, 7), st.integers(1, 4))
def test_the_best_mixes_apart_are_the_oracles(asked: Asked, k: int, apart: int) -> None:
    wanted = expected(question_of(asked), k, apart)
    got = alternatives(*asked, k=k, apart=apart)
    assert got.exhausted == (len(wanted) < k)
    if not wanted:
        assert [each.status for each in got.selections] == [Status.INFEASIBLE]
        return
    assert [each.ids for each in got.selections] == [each.ids for each in wanted]
    for selection, answer in zip(got.selections, wanted, strict=True):
        assert selection.status is Status.OPTIMAL
        assert (selection.value, selection.spend) == (answer.value, answer.spend)
        assert selection.bound == answer.value
    sets = [set(answer.ids) for answer in wanted]
    assert got.shared == set.intersection(*sets)
    assert got.differing == set.union(*sets) - set.intersection(*sets)


@given(questions(4))
@cases(5)
def test_what_cannot_be_asked_is_told_at_once(asked: Asked) -> None:
    with pytest.raises(InputError) as told:
        alternatives(*asked, k=0, apart=0)
    assert [problem.field for problem in told.value.problems] == ["k", "apart"]
