"""The screens in the order of the work, one table; and how to go from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st

PAGES = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True, slots=True)
class Screen:
    """A page: its name in the navigation, its file (its address is the file's name), what it is.

    A page that is not `listed` is reached from another page or by a link.
    """

    name: str
    file: str
    about: str
    listed: bool = True

    @property
    def path(self) -> Path:
        """Where the page's script lies."""
        return PAGES / self.file


SCREENS = (
    Screen("Overview", "overview.py", "What needs a decision today."),
    Screen("Projects", "projects.py", "What is on the table, and whether it is complete."),
    Screen("Import", "import_list.py", "A table of projects becomes a list.", listed=False),
    Screen("Score", "score.py", "Where the board agrees, and what each score is made of."),
    Screen("Mix", "mix.py", "Which set of projects, and why."),
    Screen("Why not mine", "why_not.py", "Every way in for one proposal.", listed=False),
    Screen("Budgets", "budgets.py", "What the money buys, and what a cut would lose."),
    Screen("Seeds", "seeds.py", "What to plant, and what to keep back for scale-ups."),
    Screen("Agenda", "agenda.py", "What deserves the board's two hours."),
    Screen("Review", "review.py", "Which initiatives are slipping, and how we know."),
    Screen("Decisions", "decisions.py", "What was decided, by whom and why; replay and compare."),
    Screen("Settings", "settings.py", "The rules, the funders and the criteria."),
)


def pages() -> list[st.Page]:
    """The pages for `st.navigation`; the first is the one that opens."""
    return [
        st.Page(
            screen.path,
            title=screen.name,
            url_path=screen.path.stem,
            default=k == 0,
            visibility="visible" if screen.listed else "hidden",
        )
        for k, screen in enumerate(SCREENS)
    ]


def has(name: str) -> bool:
    """Whether there is such a screen."""
    return any(screen.name == name for screen in SCREENS)


def go(name: str) -> NoReturn:
    """Open a screen. What is shared (see `state`) goes along."""
    screen = next(screen for screen in SCREENS if screen.name == name)
    st.switch_page(screen.path)
