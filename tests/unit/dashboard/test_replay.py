"""A decision asked again: the same mix is the same mix, and nothing unproven is told as proven."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dashboard.services.replay import NOTHING_SHOWN, Replay, replay, replay_words
from optimizer import Options
from portfolio.decision import Decision
from portfolio.scenario import Scenario, StayClose
from portfolio.selection import Choice, Selection, Status
from tests.support.worked_table import micro, worked_pool, worked_scenario

BEST = Selection(
    Status.OPTIMAL,
    tuple(Choice(name) for name in ("Alpha", "Beta", "Echo", "Gamma")),
    value=micro("42.29875"),
    bound=micro("42.29875"),
)
LESSER = Selection(
    Status.FEASIBLE,
    tuple(Choice(name) for name in ("Alpha", "Beta", "Delta", "Echo")),
    value=micro("41.7"),
    bound=micro("43"),
)
EARLY = replace(BEST, status=Status.FEASIBLE, bound=micro("43"))
NONE = Selection(Status.INFEASIBLE)
NOT_FOUND = Selection(Status.NO_SOLUTION_FOUND)
ON = "3 September 2026"


def record(selection: Selection, scenario: Scenario | None = None) -> Decision:
    return Decision(
        id=1,
        cluster="w",
        title="Then",
        who="Board",
        why="",
        at=datetime(2026, 9, 3, 12, tzinfo=UTC),
        scenario=scenario or worked_scenario("15"),
        selection=selection,
        pool_fingerprint="as it was",
        previous="",
        fingerprint="",
        pool=worked_pool(),
    )


def asked_again(kept: Selection, then: Selection, scenario: Scenario | None = None) -> str:
    bold, sentence = replay_words(Replay(record(kept, scenario), then, None, None), str)
    assert sentence == "The data is what it was then."
    return bold


@pytest.mark.parametrize(
    ("kept", "then", "expected"),
    [
        (BEST, BEST, f"Same question, same answer as on {ON}."),
        (NONE, NONE, f"Same question, same answer as on {ON}."),
        (
            EARLY,
            BEST,
            f"Same question, same mix as on {ON}: then the best found, now proven best.",
        ),
        (
            BEST,
            EARLY,
            f"Same question, same mix as on {ON}: then proven best; "
            "this search ended before its own proof.",
        ),
        (EARLY, EARLY, f"Same question, same mix as on {ON}; it is still not proven best."),
        (
            LESSER,
            BEST,
            f"A better mix than on {ON} was found, proven best: Gamma enters, and Delta leaves.",
        ),
        (
            LESSER,
            EARLY,
            f"A better mix than on {ON} was found, not proven best either: "
            "Gamma enters, and Delta leaves.",
        ),
        (EARLY, LESSER, NOTHING_SHOWN),
        (BEST, LESSER, NOTHING_SHOWN),
        (BEST, NOT_FOUND, NOTHING_SHOWN),
        (NONE, NOT_FOUND, NOTHING_SHOWN),
        (
            NOT_FOUND,
            NONE,
            f"On {ON} no mix was found in time; now it is proven that there is none.",
        ),
        (
            NOT_FOUND,
            BEST,
            f"On {ON} no mix was found in time; now there is one: "
            "Alpha, Beta, Echo and Gamma enter.",
        ),
        (
            BEST,
            NONE,
            f"The same question has another answer than on {ON}: no mix meets all rules.",
        ),
    ],
)
def test_what_asking_again_shows(kept: Selection, then: Selection, expected: str) -> None:
    assert asked_again(kept, then) == expected


def test_a_mix_of_nothing_is_not_the_same_as_no_mix() -> None:
    empty = Selection(Status.OPTIMAL, value=0, bound=0)
    assert asked_again(empty, NONE).endswith("another answer than on 3 September 2026: "
                                             "no mix meets all rules.")  # fmt: skip


def test_more_worth_is_not_better_where_few_changes_were_asked() -> None:
    close = replace(worked_scenario("15"), stay_close=StayClose(("Delta",), Decimal("0.02")))
    assert asked_again(LESSER, EARLY, close) == NOTHING_SHOWN


@pytest.mark.parametrize(
    ("kept", "now", "expected"),
    [
        (BEST, BEST, "The answer would be the same today."),
        (BEST, EARLY, "Asked today, the best mix found is the same, not proven best."),
        (EARLY, BEST, "Asked today, the same mix is proven best."),
        (
            BEST,
            LESSER,
            "Asked today, the best mix found is another, not proven best: "
            "Delta enters, and Gamma leaves.",
        ),
        (LESSER, BEST, "Asked today, Gamma enters, and Delta leaves."),
        (BEST, NONE, "Asked today, no mix meets all rules."),
        (BEST, NOT_FOUND, "Asked today, no mix was found in time, and one may exist."),
        (NONE, LESSER, "Asked today, there is a mix, not proven best: "
                       "Alpha, Beta, Delta and Echo enter."),
        (NONE, BEST, "Asked today, there is a mix: Alpha, Beta, Echo and Gamma enter."),
    ],
)  # fmt: skip
def test_what_todays_data_changes(kept: Selection, now: Selection, expected: str) -> None:
    found = Replay(record(kept), kept, now, worked_pool())
    assert replay_words(found, str)[1] == f"The data has changed since. {expected}"


def test_both_data_are_asked_where_they_differ_and_one_where_they_do_not() -> None:
    kept, pool = record(EARLY), worked_pool()
    poorer = replace(pool, projects=tuple(p for p in pool.projects if p.id != "Gamma"))
    never = threading.Event()
    found = replay(kept, poorer, "of today", Options(), lambda _: None, never)
    assert set(found.then.ids) == {"Alpha", "Beta", "Echo", "Gamma"}
    assert found.now is not None
    assert set(found.now.ids) == {"Alpha", "Beta", "Echo", "Delta"}
    assert replay(kept, pool, "as it was", Options(), lambda _: None, never).now is None
