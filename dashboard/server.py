"""The web server: the Streamlit script behind security headers, its imports done before visitors."""

from __future__ import annotations

import importlib
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
import streamlit as st
from starlette.middleware import Middleware

from dashboard.headers import SecurityHeaders

SCRIPT = Path(__file__).resolve().parent.parent / "streamlit_app.py"
EARLY = ("pandas", "plotly.graph_objects", "optimizer", "dashboard.frames", "dashboard.cache")


def show_error(error: Exception) -> bool:
    """Tell the visitor what happened, without a trace."""
    from dashboard.components.errors import show

    show(error)
    return True


def warm() -> None:
    """Do what the first visitor would wait for: imports, the store, the first cluster's best mix.

    The mix is sought behind the scenes; a visitor who comes sooner seeks it too.
    """
    for name in EARLY:
        importlib.import_module(name)
    from dashboard import cache
    from dashboard.components.solving import seek

    clusters = cache.store().clusters()
    if clusters:
        here = cache.open_cluster(clusters[0].id)
        cache.desk().submit("server", "warm", here.key, lambda report, cancel: seek(here, cancel))


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncGenerator[None]:
    await anyio.to_thread.run_sync(warm)
    yield


app = st.App(
    SCRIPT,
    lifespan=_lifespan,
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=show_error,
)


def serve(port: int, address: str = "127.0.0.1") -> None:
    """Serve the dashboard and block until it is stopped.

    Streamlit looks for its settings beside the script named in `sys.argv`: there they are found from
    whatever folder the command was typed in, and in an installed package too.
    """
    sys.argv = [__file__]
    app.run(
        config={
            "server.port": port,
            "server.address": address,
            "server.headless": True,
            "logger.hideWelcomeMessage": True,
            "logger.level": "warning",
        }
    )
