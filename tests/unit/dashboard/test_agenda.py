"""The agenda's words: what to do with all proposals, and how the minutes are shared out."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.services import robustness
from dashboard.services.agenda import Agenda, agenda, headline, running_order
from dashboard.services.robustness import ask_next, basis, whole
from optimizer import Ask, CoreIndex, Knowing, Robustness
from portfolio.cluster import Cluster
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.criteria import Criterion
from portfolio.units import Calendar


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


def test_what_time_cut_short_is_not_said_of_all_ways_to_weigh() -> None:
    pool = Pool(Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 12, 1)), ())
    sure = Robustness("sample", (index("a", 1.0),), 2, 100)
    unsure = Robustness("sample", (index("a", 1.0, 0.9),), 2, 100)
    words = "1 of 0 proposals belong in however the criteria are weighed, 0 never do; none is"
    assert robustness.headline(pool, sure).startswith(words)
    cut = robustness.headline(pool, unsure)
    assert cut.startswith(f"In what was looked at before time ran out, {words}")


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


def asking(*asked: Ask, perfect: float = 1.5) -> str:
    pool = Pool(
        Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2)),
        (Project("link", "Harbor Link"),),
        criteria=(Criterion("team", "Team", 100, ()),),
    )
    knowing = Knowing(("link",), perfect, 0.1, asked)
    return ask_next(pool, Robustness("sample", (index("link", 0.5),), 2, 100, knowing=knowing))


def test_one_sentence_says_which_number_to_ask_for() -> None:
    score = Ask("link", "team", 0.123, 0.02, 2.6)
    assert asking(score, Ask("", "team", 0.1, 0.02, 4.0)) == (
        "Ask for the score of Harbor Link on “Team” next: knowing it is worth 0.12 points on"
        " average and decides 3 open places. Knowing everything would be worth 1.5 points."
    )
    assert asking(Ask("", "team", 1.0, 0.02, 0.2), perfect=12.34) == (
        "Ask for the weight of “Team” next: knowing it is worth 1 point on average."
        " Knowing everything would be worth 12.3 points."
    )
    assert asking(perfect=0.0) == "No number that is still open would change the mix: decide."
    assert "by itself. Knowing everything would be worth 1.5 points." in asking()
    assert (
        ask_next(
            Pool(Cluster("c", "C", "EUR", Calendar(date(2027, 1, 1), 6, 2)), ()),
            Robustness("sample", (), 0),
        )
        == ""
    )
