"""`clusterfolio serve`: the dashboard on this machine."""

from __future__ import annotations

import argparse
import os
import socket

from dashboard.cli.checks import Checks
from dashboard.cli.output import Output
from dashboard.services.store import open_store

PORT = "8501"


def run(args: argparse.Namespace, out: Output) -> int:
    """Open the store, print the address, and serve until it is stopped."""
    if args.port is None:
        args.port = os.environ.get("PORT") or PORT
    address = args.address or "127.0.0.1"
    checks = Checks(args)
    port = checks.whole("port", "--port", 1, 65_535)
    if port is not None and (why := _taken(address, port)):
        checks.add("Address", f"{address}:{port}", why)
    if args.store is not None:
        os.environ["CLUSTERFOLIO_STORE"] = args.store
    checks.tried(lambda: open_store().close())
    port = checks.sure(port)
    shown = f"[{address}]" if ":" in address else address
    out.text(f"Clusterfolio is at http://{shown}:{port} (Ctrl-C stops it)")
    out.flush()
    # Streamlit takes a second to import: only now, and only for this command.
    from dashboard.server import serve

    try:
        serve(port, address)
    except KeyboardInterrupt:
        out.text("Stopped.")
    return 0


def _taken(address: str, port: int) -> str:
    """Why nothing can listen there, "" when something can."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror:
        return "This machine has no such address."
    except PermissionError:
        return "This port is in use by the system. Choose one from 1024 on."
    except OSError:
        return "This port is in use. Stop what uses it, or choose another with --port."
    return ""
