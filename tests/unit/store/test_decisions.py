"""Decisions: kept with all they rest on, never changed, and any tampering shows."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.codec import fingerprint
from data.mapping import FieldMap, Mapping, Profile
from data.samples import past_decision
from data.store import Store
from portfolio.errors import ConflictError, InputError, NotFoundError, StoreError
from portfolio.selection import Choice, Selection, Status

HALM = "halm-maritime"
MIX = Selection(Status.OPTIMAL, (Choice("ice-radar"),), value=5, bound=5, spend=18_000_000)


def decide(store: Store, title: str) -> int:
    scenario = store.pool(HALM).scenario
    return store.save_decision(HALM, title, "Maren", "because", scenario, MIX).id


def test_a_decision_holds_the_question_the_answer_and_the_pool_as_it_was(store: Store) -> None:
    then = store.pool(HALM)
    number = decide(store, "First")
    radar = then.project("ice-radar")
    store.save_project(HALM, replace(radar, cost=1), "Anna", radar)
    kept = store.decision(number)
    assert kept.pool == then
    assert (kept.scenario, kept.selection) == (then.scenario, MIX)
    assert (kept.title, kept.who, kept.why) == ("First", "Maren", "because")
    assert kept.pool_fingerprint == fingerprint(then) != fingerprint(store.pool(HALM))


def test_each_decision_of_a_cluster_names_the_one_before(store: Store) -> None:
    first, second = decide(store, "First"), decide(store, "Second")
    newest, older, demo = store.decisions(HALM)
    assert (newest.id, older.id) == (second, first)
    assert newest.previous == older.fingerprint
    assert older.previous == demo.fingerprint
    assert demo.previous == ""
    assert newest.pool is None
    assert store.decisions("weidenau-food") == ()
    assert store.verify() == ()


def test_a_decision_changes_nothing_in_the_pool_and_is_told_in_the_log(store: Store) -> None:
    revision = store.revision(HALM)
    decide(store, "First mix")
    assert store.revision(HALM) == revision
    newest = store.changes(HALM, 1)[0]
    assert newest.sentence == "Maren decided: First mix."
    assert not newest.can_undo
    with pytest.raises(ConflictError, match="cannot be taken back"):
        store.undo(newest.id, "Anna")


def test_a_mix_of_yesterdays_data_is_not_decided_on_todays(store: Store) -> None:
    pool, seen = store.pool(HALM), store.revision(HALM)
    radar = pool.project("ice-radar")
    store.save_project(HALM, replace(radar, cost=1), "Anna", radar)
    with pytest.raises(ConflictError, match="changed while you looked"):
        store.save_decision(HALM, "Late", "Maren", "", pool.scenario, MIX, revision=seen)


def test_the_demo_comes_with_its_decision_of_september(store: Store) -> None:
    made, then = past_decision()
    (kept,) = store.decisions(HALM)
    kept = store.decision(kept.id)
    assert kept.pool == then
    assert (kept.title, kept.selection) == (made.title, made.selection)
    assert kept.at == datetime(2026, 9, 17, 16, 40, tzinfo=UTC)


def test_a_number_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.decision(999)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE decision SET why = why",
        "UPDATE decision_pool SET body = body",
        "UPDATE change SET sentence = sentence",
        "UPDATE change_entry SET after = after",
        "DELETE FROM decision",
        "DELETE FROM decision_pool",
        "DELETE FROM change",
        "DELETE FROM change_entry",
    ],
)
def test_what_is_kept_for_good_can_be_neither_changed_nor_removed(
    store: Store, tmp_path: Path, act: str
) -> None:
    decide(store, "First")
    file = sqlite3.connect(tmp_path / "store.db")
    with pytest.raises(sqlite3.IntegrityError, match="kept as it was"):
        file.execute(act)
    file.close()


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE decision SET why = 'other' WHERE id = 2", "Decision 2, “First”, was altered"),
        (
            "UPDATE decision SET selection = replace(selection, 'ice-radar', 'x') WHERE id = 2",
            "Decision 2, “First”, was altered",
        ),
        ("DELETE FROM decision WHERE id = 2", "Decision 3 does not follow the one before it"),
        ("DELETE FROM decision WHERE id = 3", "Decision 3 of the log is not the one"),
        ("UPDATE decision_pool SET body = x'00'", "was altered"),
    ],
)
def test_tampering_shows(store: Store, tmp_path: Path, tampering: str, told: str) -> None:
    decide(store, "First")
    decide(store, "Second")
    assert store.verify() == ()
    file = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")
    file.execute(tampering)
    file.close()
    assert any(told in fault for fault in store.verify())


def test_a_decision_over_altered_data_is_not_shown(store: Store, tmp_path: Path) -> None:
    number = decide(store, "First")
    file = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    file.execute("DROP TRIGGER decision_pool_no_update")
    file.execute("UPDATE decision_pool SET body = x'00'")
    file.close()
    with pytest.raises(StoreError, match="altered"):
        store.decision(number)


def test_mappings_are_kept_by_name(store: Store) -> None:
    first = Profile("ours", "Our list", mapping=Mapping((FieldMap("name", ("Titel",)),), "EUR"))
    second = replace(first, title="Our list of 2027")
    store.save_profile(first, "Anna")
    store.save_profile(replace(first, name="theirs"), "Anna")
    store.save_profile(second, "Ben")
    assert store.profiles() == (second, replace(first, name="theirs"))
    with pytest.raises(InputError):
        store.save_profile(replace(first, name=" "), "Anna")
