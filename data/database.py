"""The SQLite file: one engine that writes, one that reads, and what goes wrong said in words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from portfolio.errors import InputError, Problem, StoreError

BUSY_SECONDS = 20.0


class Database:
    """A SQLite file in WAL mode: readers never wait, writers come one after another.

    Every write runs in one BEGIN IMMEDIATE transaction and is on the disk (synchronous=FULL) when
    `writing` ends. Raises InputError for an address that cannot be used, StoreError when the file
    cannot be read or written.
    """

    def __init__(self, url: str) -> None:
        self.url = _checked(url)
        self.path = Path(self.url.database or "").resolve()
        self._writer = _engine(self.url, "BEGIN IMMEDIATE", journal_mode="WAL", synchronous="FULL")
        self._reader = _engine(self.url, "BEGIN", query_only="ON")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction of its own, committed at the end or rolled back."""
        with self._in_words(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store and cannot write."""
        with self._in_words(), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection. The store may be used again: it opens new ones."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise StoreError(_sentence(error.orig, self.path)) from error
        except sqlite3.Error as error:
            raise StoreError(_sentence(error, self.path)) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"This cannot be stored, so nothing was saved: {error}.") from error


def _checked(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise _unusable(text, "Write the store's address as sqlite:///path/to/file.db.") from error
    if url.get_backend_name() != "sqlite":
        raise _unusable(text, "The store is kept in SQLite: write sqlite:///path/to/file.db.")
    if url.database in (None, "", ":memory:"):
        raise _unusable(text, "The store needs a file: write sqlite:///path/to/file.db.")
    folder = Path(url.database or "").resolve().parent
    if not folder.is_dir():
        raise _unusable(text, f"The folder {folder} does not exist. Create it first.")
    return url


def _unusable(text: str, remedy: str) -> InputError:
    without_password = re.sub(r"//[^/]*@", "//…@", text)
    return InputError((Problem("store", without_password, remedy),))


def _engine(url: URL, begin: str, **pragmas: str) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        # The driver would open deferred transactions by itself, and two of them can deadlock.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def begin_now(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _sentence(error: BaseException | None, path: Path) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    sentences = {
        "SQLITE_BUSY": "Somebody else has been writing for a while. Try again in a minute.",
        "SQLITE_FULL": "The disk is full, so nothing was saved. Free some space and try again.",
        "SQLITE_READONLY": f"{path} may not be written. Check who owns it.",
        "SQLITE_CANTOPEN": f"{path} cannot be opened. Check the folder and who may write there.",
        "SQLITE_NOTADB": f"{path} is not a Clusterfolio store. Choose another file.",
        "SQLITE_CORRUPT": f"{path} is damaged. Go back to your last copy of it.",
        "SQLITE_IOERR": f"The disk did not answer while {path} was in use. Nothing was saved.",
    }
    for prefix, sentence in sentences.items():
        if name.startswith(prefix):
            return sentence
    return f"The store {path} refused: {error}"
