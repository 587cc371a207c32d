"""The tables: made by migrations, strict, and of no other program's file."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from data.database import Database
from data.store import Store
from data.tables import metadata
from data.upgrade import configuration, head, upgrade, version
from portfolio.errors import InputError, StoreError


def test_the_migrations_make_the_tables_that_the_program_works_with(url: str) -> None:
    database = Database(url)
    with database.writing() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert version(connection) == head()
    database.close()


def test_every_table_is_strict(store: Store, tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "store.db")
    tables = file.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    file.close()
    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "alembic"))}
    assert ours == dict.fromkeys(metadata.tables, 1)


def test_the_migrations_go_back_to_an_empty_file(url: str, tmp_path: Path) -> None:
    Store.open(url).close()
    database = Database(url)
    with database.writing() as connection:
        command.downgrade(configuration(connection), "base")
    database.close()
    file = sqlite3.connect(tmp_path / "store.db")
    left = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
    file.close()
    assert {name for name in left if not name.startswith(("sqlite_", "alembic"))} == set()


def test_a_file_is_opened_with_a_log_and_foreign_keys(store: Store, tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "store.db")
    assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    file.close()
    with store._database.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_a_store_of_a_newer_program_is_left_alone(url: str, tmp_path: Path) -> None:
    Store.open(url).close()
    file = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(StoreError, match="Update Clusterfolio"):
        Store.open(url)


def test_another_programs_file_is_left_alone(url: str, tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    file.execute("CREATE TABLE recipes (name TEXT)")
    file.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(url)


def test_a_file_that_is_no_database_is_told(url: str, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("Dear diary, " * 500)
    with pytest.raises(StoreError, match="not a Clusterfolio store"):
        Store.open(url)


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://localhost/x", "kept in SQLite"),
        ("store.db", "sqlite:///path"),
        ("sqlite:////no/such/folder/store.db", "does not exist"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_with_what_to_write(
    address: str, remedy: str
) -> None:
    with pytest.raises(InputError, match=remedy):
        Store.open(address)


def test_a_store_from_before_first_stages_is_brought_up_with_all_it_holds(
    url: str, tmp_path: Path
) -> None:
    with Store.open(url) as store:
        before = store.pool("halm-maritime")
    assert any(project.first_stage for project in before.projects)
    database = Database(url)
    with database.writing() as connection:
        command.downgrade(configuration(connection), "0002")
    database.close()
    file = sqlite3.connect(tmp_path / "store.db")
    columns = {row[1] for row in file.execute("PRAGMA table_info(project)")}
    file.close()
    assert not columns & {"first_grant", "first_periods", "first_chance"}
    with Store.open(url) as store:
        after = store.pool("halm-maritime")
    without = tuple(
        replace(project, first_stage=None, technology="") for project in before.projects
    )
    assert after.projects == without
