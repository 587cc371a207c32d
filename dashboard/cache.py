"""What is kept between runs and shared by visitors: the store, pools, answers, figures. All bounded.

Keys hold every input: a pool is known by its cluster and the store's revision of it, an answer by
the pool's key and the scenario. A failed or timed-out answer is never kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from dashboard import state
from dashboard.bounded import Bounded
from dashboard.jobs import Desk
from dashboard.services.store import address, open_store
from data.store import Store
from portfolio.errors import NotFoundError
from portfolio.pool import Pool

T = TypeVar("T")
PoolKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The cluster a visitor looks at, as it is now. `key` names this very state of it.

    `lacking` is the cluster that the address names where the store has none of that name.
    """

    store: Store
    cluster_id: str
    pool: Pool
    key: PoolKey
    lacking: str = ""


def store() -> Store:
    """The store of this process."""
    return _store(address())


def workspace() -> Workspace | None:
    """The visitor's cluster; None while the store has none.

    A cluster that the address names but the store lacks gives way to the first one.
    """
    here = store()
    clusters = here.clusters()
    if not clusters:
        return None
    ids = [cluster.id for cluster in clusters]
    wanted = state.shared(state.CLUSTER)
    cluster_id, lacking = ids[0], ""
    try:
        cluster_id = here.find(wanted) if wanted else cluster_id
    except NotFoundError:
        lacking = wanted
    return open_cluster(cluster_id, lacking)


def open_cluster(cluster_id: str, lacking: str = "") -> Workspace:
    """A cluster of this process's store as it is now. NotFoundError when there is none."""
    here = store()
    key = (address(), cluster_id, here.revision(cluster_id))
    pool = _pools().get_or(key, lambda: here.pool(cluster_id))
    return Workspace(here, cluster_id, pool, key, lacking)


def remember(key: Hashable, make: Callable[[], T]) -> T:
    """A figure, table or other value derived from its key, made once."""
    return _derived().get_or(key, make)


def answer(key: Hashable) -> object | None:
    """A kept answer of the engine."""
    return _answers().get(key)


def keep_answer(key: Hashable, value: object) -> None:
    """Keep a proven answer of the engine."""
    _answers().put(key, value)


def of_file(key: Hashable, make: Callable[[], T]) -> T:
    """A value made of a file that somebody sent. Few are kept: they may be large."""
    return _files().get_or(key, make)


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The desk that runs everybody's jobs."""
    return Desk()


@st.cache_resource(max_entries=4, show_spinner=False)
def _store(url: str) -> Store:
    return open_store(url)


@st.cache_resource(show_spinner=False)
def _pools() -> Bounded:
    return Bounded(12)


@st.cache_resource(show_spinner=False)
def _answers() -> Bounded:
    return Bounded(400)


@st.cache_resource(show_spinner=False)
def _derived() -> Bounded:
    return Bounded(300)


@st.cache_resource(show_spinner=False)
def _files() -> Bounded:
    return Bounded(6)
