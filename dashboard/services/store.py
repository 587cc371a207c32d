"""Where the store is, and how to open it."""

from __future__ import annotations

import os
from pathlib import Path

from data.store import Store

DEFAULT = "sqlite:///clusterfolio.db"


def address() -> str:
    """The store's SQLAlchemy URL: CLUSTERFOLIO_STORE, or a file in the current folder."""
    return os.environ.get("CLUSTERFOLIO_STORE") or DEFAULT


def is_there(url: str | None = None) -> bool:
    """Whether the store's file is there, so that opening it would not make one.

    True also for an address of another form, which opening refuses in words.
    """
    kind, _, rest = (url or address()).partition("///")
    if kind != "sqlite:":
        return True
    return Path(rest.partition("?")[0]).is_file()


def open_store(url: str | None = None, demo: bool = True) -> Store:
    """The store, brought to the present version; an empty one gets the demo when `demo`."""
    return Store.open(url or address(), demo=demo)
