"""Tests that need a thread in which no event loop runs get one of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run what is marked `own_thread` beside the main one.

    A browser that was driven by the same process before leaves its event loop running there, and a
    client of Dask would take that for its own.
    """
    if pyfuncitem.get_closest_marker("own_thread") is None:
        return None
    given = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    with ThreadPoolExecutor(1) as beside:
        beside.submit(pyfuncitem.obj, **given).result()
    return True
