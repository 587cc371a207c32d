"""Bring a store's tables to the present version, by Alembic, without a configuration file."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from portfolio.errors import StoreError


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations beside this file."""
    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The version that this program works with."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def version(connection: Connection) -> str:
    """The version a store is at, "" before its first."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(connection: Connection) -> None:
    """Run the missing migrations, all or none.

    Raises StoreError for a store that a newer program made, and for a file of somebody else's.
    """
    scripts = ScriptDirectory.from_config(configuration())
    known = {script.revision for script in scripts.walk_revisions()}
    present = version(connection)
    if present and present not in known:
        raise StoreError(
            f"This store is at version {present}, which this program does not know. "
            "Update Clusterfolio to open it."
        )
    if not present and inspect(connection).get_table_names():
        raise StoreError("This file holds tables of another program. Choose another file.")
    command.upgrade(configuration(connection), "head")
