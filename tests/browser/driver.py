"""Drive the real dashboard: serve it on a free port, open its pages in Chromium, audit what is seen."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = (
    "Chromium was not found, so no page was opened in a real browser. "
    "Install it (Debian: apt-get install chromium) or name it in CHROMIUM."
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HEIGHTS = {1440: 1000, 390: 844}
PATIENCE_MS = 30_000
"""How long a page may take on a busy machine before a test calls it broken."""


def chromium() -> str | None:
    """The path of Chromium on this machine, or None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def free_port() -> int:
    """A port of this machine on which nothing listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, patience_s: float = 60) -> Iterator[str]:
    """Serve the dashboard from a fresh store in `folder` and yield its address.

    It is the very command a user types. Its output goes to `server.log` in the folder.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    environment = os.environ | {"CLUSTERFOLIO_STORE": f"sqlite:///{folder / 'clusterfolio.db'}"}
    command = [str(Path(sys.executable).parent / "clusterfolio"), "serve", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_health(server, address, log, time.monotonic() + patience_s)
        yield address
    finally:
        _stop(server)


def _await_health(
    server: subprocess.Popen[bytes], address: str, log: Path, deadline: float
) -> None:
    """Return once the server says "ok"; any path answers 200, so the body is read."""
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.read().strip() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"The dashboard did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started."""
    for ending in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, ending)
        except ProcessLookupError:
            break
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
    server.wait(timeout=10)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start Chromium without a window and without calls home."""
    return playwright.chromium.launch(executable_path=executable, args=list(FLAGS))


@dataclass
class Visitor:
    """Opens pages of one served dashboard and remembers which other machines they called."""

    browser: Browser
    address: str
    called_out: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(
        self, path: str = "/", *, width: int = 1440, theme: str = "light", height: int | None = None
    ) -> Page:
        """Open a page at a width in CSS pixels, in the "light" or "dark" theme, and let it settle."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height or HEIGHTS.get(width, 1000)},
            color_scheme="dark" if theme == "dark" else "light",
            locale="en-GB",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.goto(self.address + path)
        self.pages.append(page)
        settled(page)
        assert not page.get_by_text("Page not found").is_visible(), f"no page answers to {path}"
        return page

    def paths(self) -> dict[str, str]:
        """Every page of the navigation, name to path, in its order."""
        page = self.open()
        links = page.locator("[data-testid=stTopNavLink]").evaluate_all(
            "links => links.map(link => [link.innerText.trim(), link.pathname])"
        )
        self.close()
        return dict(links)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.called_out.append(url)

    def close(self) -> None:
        """Close every page that was opened."""
        for page in self.pages:
            page.context.close()
        self.pages.clear()


SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const busy = !app || app.dataset.testScriptState !== 'notRunning'
    || document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    || !document.querySelector('h1');
  const now = performance.now();
  if (busy) { window.__quietSince = null; return false; }
  window.__quietSince ??= now;
  return now - window.__quietSince > 400;
}"""
"""A rerun begins a moment after the click that asks for it, so quiet must last before it counts."""


def settled(page: Page, patience_ms: int = PATIENCE_MS) -> Page:
    """Wait until the page has finished: script at rest, nothing stale, a heading in place."""
    page.evaluate("() => { window.__quietSince = null; }")
    page.wait_for_function(SETTLED, timeout=patience_ms, polling=100)
    return page


def whole(page: Page) -> Page:
    """Make the window as tall as its content, so that a picture shows all of the page."""
    for _ in range(2):  # charts may grow once there is room
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        assert page.viewport_size is not None
        if height <= page.viewport_size["height"]:
            break
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
        settled(page)
    return page


def violations(page: Page) -> list[str]:
    """What axe-core calls serious or critical on the page: one line a rule, with where it is."""
    report = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + "; ".join(str(node["target"]) for node in found["nodes"][:5])
        for found in report.response["violations"]
        if found["impact"] in {"serious", "critical"}
    ]
