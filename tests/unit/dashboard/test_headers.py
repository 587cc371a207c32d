"""Security headers stand on every answer of the server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from dashboard.headers import HEADERS, SecurityHeaders


def answer(kind: str) -> list[dict]:  # type: ignore[type-arg]
    sent = []

    async def app(scope, receive, send):
        await send({"type": f"{kind}.response.start", "status": 200, "headers": []})
        await send({"type": f"{kind}.response.body", "body": b"ok"})

    async def send(message):
        sent.append(message)

    async def pass_through():
        await SecurityHeaders(app)({"type": kind}, None, send)

    # On a thread of its own: a browser driven in this process keeps an event loop on the first.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(pass_through())).result()
    return sent


def test_every_http_answer_carries_them() -> None:
    start, body = answer("http")
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    assert names == {name.lower(): value for name, value in HEADERS.items()}
    assert body["body"] == b"ok"


def test_pages_may_load_nothing_from_elsewhere_and_run_no_inline_script() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert not any("http" in sources or "*" in sources for sources in policy.values())
    assert policy["frame-ancestors"] == "'none'"


def test_other_traffic_passes_untouched() -> None:
    start, _ = answer("websocket")
    assert start["headers"] == []
