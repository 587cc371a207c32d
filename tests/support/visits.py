"""A visit to the dashboard without a browser: pages opened, jobs waited for, texts read."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import cache

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


class Visit:
    """One visitor. `at` is the page as it stands; `open` goes to a page and waits for its jobs."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=PATIENCE)

    def open(self, page: str = "", **params: str | list[str]) -> Visit:
        """Come by a link to a page (the file's name, "" for the first one)."""
        for name, text in params.items():
            self.at.query_params[name] = text
        self.at.run()
        if page:
            self.at.switch_page(f"dashboard/pages/{page}.py").run()
        return self.settle()

    def settle(self) -> Visit:
        """Run again until nothing is worked on and nothing new begins."""
        for _ in range(12):
            assert cache.desk().idle(PATIENCE), "jobs do not end"
            busy = bool(self.at.get("progress"))
            if not busy:
                return self
            self.at.run()
        raise AssertionError("the page never comes to rest")

    def click(self, label: str) -> Visit:
        """Press the button with this label."""
        found = [button for button in self.at.button if button.label == label]
        assert found, f"no button “{label}” among {[button.label for button in self.at.button]}"
        found[0].click().run()
        return self.settle()

    @property
    def text(self) -> str:
        """Every text on the page, in order, escapes taken out."""
        kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning")
        parts = [str(each.value) for kind in kinds for each in self.at.get(kind)]
        return "\n".join(parts).replace("\\", "").replace("\u2060", "")

    @property
    def errors(self) -> list[str]:
        """What the page says went wrong."""
        return [str(error.value) for error in self.at.error] + [
            str(error.message) for error in self.at.exception
        ]
