"""The agenda's words: what to do with all proposals, and how the minutes are shared out."""

from __future__ import annotations

import pytest

from dashboard.services.agenda import Agenda, agenda, headline, running_order
from dashboard.services.robustness import basis, whole
from optimizer import CoreIndex, Robustness


def index(name: str, share: float, band: float = 0.0) -> CoreIndex:
    return CoreIndex(name, share, max(share - band, 0), min(share + band, 1))


def plan(agree: int, discuss: int, aside: int) -> Agenda:
    many = [
        [index(f"{share}.{k}", share) for k in range(n)]
        for share, n in zip((1, 0.5, 0), (agree, discuss, aside), strict=True)
    ]
    return Agenda(*map(tuple, many))


def test_the_closest_calls_come_first() -> None:
    shares = {"a": 1.0, "b": 0.9, "c": 0.45, "d": 0.5, "e": 0.0, "f": 0.2}
    found = Robustness("sample", tuple(index(n, s) for n, s in shares.items()), 3, 100)
    sorted_ = agenda(found)
    assert [each.project for each in sorted_.discuss] == ["d", "c", "f", "b"]
    assert [each.project for each in sorted_.agree] == ["a"]
    assert [each.project for each in sorted_.aside] == ["e"]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        (
            (6, 22, 14),
            "Agree 6 as one block, set 14 aside, and spend the meeting on the 22 between.",
        ),
        ((1, 1, 0), "Agree one at once, and discuss the one between."),
        ((5, 0, 3), "Every sensible mix is the same. Agree it in ten minutes."),
        ((0, 4, 0), "Nothing is settled yet: every proposal depends on the weights. Score first."),
    ],
)
def test_one_sentence_says_what_to_do_with_all(
    numbers: tuple[int, int, int], sentence: str
) -> None:
    assert headline(plan(*numbers)) == sentence


def test_the_minutes_that_are_left_are_shared_out() -> None:
    # 120 minutes less 10, 5 and 5 leave 100 for 12 proposals.
    order = dict(running_order(plan(6, 22, 14), 120, 12))
    assert order["Discuss 12 proposals"] == "8 min each"
    assert order["Agree the block"] == "10 min"
    short = dict(running_order(plan(6, 22, 14), 30, 22))
    assert short["Discuss 22 proposals"] == "too short: 2 min each at least"
    assert list(dict(running_order(plan(0, 0, 0), 60, 0))) == ["Read the decision back"]


def test_an_answer_cut_short_is_not_kept() -> None:
    sure = Robustness("sample", (index("a", 0.5),), 2, 100)
    assert whole(sure, 100)
    assert not whole(sure, 1_000)
    assert not whole(Robustness("sample", (index("a", 0.5, 0.2),), 2, 100), 100)
    assert not whole(Robustness("sample", (index("a", 0.5),), 2, 100, mean_loss=0.1), 100)


def test_shares_that_time_left_open_are_not_called_sure() -> None:
    assert "time ran out, and a share may be off by up to 40" in basis(
        Robustness("sample", (index("a", 0.5, 0.2),), 2, 100)
    )
    assert "each share is sure to 2" in basis(
        Robustness("sample", (index("a", 0.5, 0.01),), 2, 100)
    )
    assert "each share is exact for these" in basis(
        Robustness("sample", (index("a", 0.5),), 2, 100)
    )
