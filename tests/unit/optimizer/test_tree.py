"""The tree proves what is best, what ties and what is impossible, against every mix listed."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.exact_rows import ExactRows
from optimizer.model import Program, Row
from optimizer.options import Options, Watch
from optimizer.tree import Grown, Tree
from tests.support.cases import cases

Mix = frozenset[int]
WIDTH = 8
ENOUGH = 10**9
SIZES = (1, 9, 10**6, 10**12, 10**17, 10**25)


def drawn(seed: int) -> Program:
    """A program of a few rows with numbers of one size, some columns settled from the start."""
    draw = Random(seed)
    size, worth = draw.choice(SIZES), draw.choice(SIZES)
    hidden = [draw.random() < 0.5 for _ in range(WIDTH)]
    rows = []
    for _ in range(draw.randint(0, 3)):
        entries = [draw.randint(-size // 3, size) for _ in range(WIDTH)]
        used = sum(entry for entry, there in zip(entries, hidden, strict=True) if there)
        for sign in draw.choice(((1,), (-1,), (1, -1))):
            limit = sign * used + draw.choice((0, 0, -1, size))
            rows.append(Row((), "", tuple(range(WIDTH)), tuple(sign * e for e in entries), limit))
    lows = [int(draw.random() < 0.1) for _ in range(WIDTH)]
    highs = [max(low, int(draw.random() < 0.9)) for low in lows]
    costs = [worth * draw.randint(-1, 2) + draw.choice((0, 0, 1)) for _ in range(WIDTH)]
    return Program(costs, rows, lows, highs, (True,) * WIDTH)


def every_mix(program: Program) -> list[Mix]:
    mixes = [
        frozenset(j for j, x in enumerate(point) if x)
        for point in product((0, 1), repeat=WIDTH)
        if all(
            low <= x <= high
            for low, x, high in zip(program.lows, point, program.highs, strict=True)
        )
    ]
    return [mix for mix in mixes if all(row.holds(mix) for row in program.rows)]


def worth(program: Program, mix: Mix) -> int:
    return sum(program.costs[j] for j in mix)


def grown(program: Program, start: Mix | None = None, judge=lambda mix: None) -> Grown:
    return Tree(program, judge, Watch(Options())).grow(start, ENOUGH)


@cases(600)
@given(st.integers(0, 2**32))
def test_the_best_mix_and_whether_another_ties_are_those_of_the_list(seed: int) -> None:
    program = drawn(seed)
    allowed = every_mix(program)
    found = grown(program)
    assert found.done
    if not allowed:
        assert found.mix is None
        return
    most = max(worth(program, mix) for mix in allowed)
    assert found.mix in allowed
    assert found.mix is not None
    assert worth(program, found.mix) == most
    assert found.tied == (sum(worth(program, mix) == most for mix in allowed) > 1)


@cases(200)
@given(st.integers(0, 2**32))
def test_a_mix_to_begin_from_changes_nothing_about_what_is_proven(seed: int) -> None:
    program = drawn(seed)
    allowed = every_mix(program)
    if not allowed:
        return
    start = Random(seed).choice(allowed)
    bare, helped = grown(program), grown(program, start)
    assert helped.done
    assert helped.mix is not None
    assert bare.mix is not None
    assert worth(program, helped.mix) == worth(program, bare.mix)
    assert helped.tied == bare.tied


@cases(200)
@given(st.integers(0, 2**32))
def test_a_row_that_the_judge_adds_on_the_way_is_obeyed(seed: int) -> None:
    program = drawn(seed)
    most = Random(seed).randint(1, WIDTH)
    few = Row((), "few", tuple(range(WIDTH)), (1,) * WIDTH, most)
    allowed = [mix for mix in every_mix(program) if len(mix) <= most]
    found = grown(program, judge=lambda mix: None if few.holds(mix) else few)
    assert found.done
    if allowed:
        assert found.mix in allowed
        assert found.mix is not None
        assert worth(program, found.mix) == max(worth(program, mix) for mix in allowed)
    else:
        assert found.mix is None


@cases(200)
@given(st.integers(0, 2**32))
def test_settling_a_box_loses_no_mix(seed: int) -> None:
    program = drawn(seed)
    rows = ExactRows(program, ENOUGH)
    allowed = every_mix(program)
    lows, highs = np.zeros(len(rows.free)), np.ones(len(rows.free))
    left = rows.possible and rows.settle(lows, highs)
    if not left:
        assert allowed == []
        return
    for mix in allowed:
        for place, column in enumerate(rows.free):
            assert lows[place] <= (column in mix) <= highs[place]


def test_a_tree_without_work_proves_nothing() -> None:
    program = Program((3, 2), (Row((), "", (0, 1), (2, 2), 3),), (0, 0), (1, 1), (True, True))
    found = Tree(program, lambda mix: None, Watch(Options())).grow(frozenset({1}), 0)
    assert found == Grown(frozenset({1}), tied=False, done=False)


@pytest.mark.parametrize("ties", [True, False])
def test_of_mixes_of_equal_worth_the_one_begun_from_stays(ties: bool) -> None:
    program = Program((2, 2), (Row((), "", (0, 1), (1, 1), 1),), (0, 0), (1, 1), (True, True))
    found = Tree(program, lambda mix: None, Watch(Options())).grow(
        frozenset({1}), ENOUGH, ties=ties
    )
    assert found.done
    assert found.mix == {1}
    assert found.tied is ties
