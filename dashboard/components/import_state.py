"""What a visitor has sent and corrected so far on the way through an import, in plain values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from dashboard import cache, state
from dashboard.components.choices import option
from dashboard.services import importing
from data.codec import from_json, to_json
from data.importer import Mapping, Profile, Table, TableGuess

_NAME, _TOLD, _MAPPING, _PROFILE, _STEP, _REACHED = (
    f"import.{name}" for name in ("name", "told", "mapping", "profile", "step", "reached")
)
_FILE = "import.file"
STEPS = ("1 File", "2 Table", "3 Columns", "4 Check")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its name (only shown), its bytes, and what tells it apart."""

    name: str
    content: bytes
    digest: str


def upload() -> Upload | None:
    """The file that is on its way in."""
    content = state.held(_FILE)
    if content is None:
        return None
    return Upload(state.recall(_NAME), content, hashlib.sha256(content).hexdigest()[:16])


def take(name: str, content: bytes) -> None:
    """Begin with a file; whatever was said of the one before is forgotten."""
    forget()
    state.hold(_FILE, content)
    state.remember(_NAME, name)
    go(2 if not importing.asks_itself(content) else 4)


def forget() -> None:
    """Begin anew."""
    state.hold(_FILE, None)
    for name in (_NAME, _TOLD, _MAPPING, _PROFILE, _STEP, _REACHED):
        state.remember(name, "")


def step() -> int:
    """The step that is shown, 1 to 4."""
    return int(state.recall(_STEP) or "1")


def reached() -> int:
    """The furthest step so far."""
    return int(state.recall(_REACHED) or "1")


def go(number: int) -> None:
    """Show a step."""
    state.remember(_STEP, str(number))
    state.remember(_REACHED, str(max(reached(), number)))


def back_to(number: int) -> None:
    """Show an earlier step; what follows it has to be passed again."""
    state.remember(_STEP, str(number))
    state.remember(_REACHED, str(number))


def told() -> TableGuess:
    """What the visitor, or a profile, said of how the file is to be read."""
    return TableGuess(**json.loads(state.recall(_TOLD) or "{}"))


def tell(name: str, value: Any) -> None:
    """Say how the file is to be read; later guesses follow from it, and so does the matching."""
    tell_all(replace(told(), **{name: value}))


def tell_all(guess: TableGuess) -> None:
    """Say everything at once."""
    state.remember(_TOLD, json.dumps(asdict(guess)))
    state.remember(_MAPPING, "")


def table(sent: Upload) -> Table:
    """The file as a table, by what was told and own guesses for the rest. May raise InputError."""
    guess = told()
    key = ("table", sent.digest, sent.name, guess)
    return cache.of_file(key, lambda: importing.read(sent.content, sent.name, guess))


def profile_name() -> str:
    """The profile by which the columns were matched, "" for none."""
    return state.recall(_PROFILE)


def use_profile(name: str, profile: Profile | None) -> None:
    """Match the columns by a profile, and read the file by what it knows of it; None: by headers."""
    state.remember(_PROFILE, name)
    if profile is not None:
        kept = {key: value for key, value in asdict(profile.guess).items() if value is not None}
        tell_all(replace(told(), **kept))
    state.remember(_MAPPING, "")


def mapping(read: Table, known: dict[str, Profile]) -> Mapping:
    """The matching as it stands: as corrected, else by the chosen profile, else as suggested."""
    text = state.recall(_MAPPING)
    if text:
        return from_json(Mapping, text)
    return importing.matched(read, known.get(profile_name()))


def correct(changed: Mapping) -> None:
    """Keep a corrected matching."""
    state.remember(_MAPPING, to_json(changed))


def breadcrumb() -> None:
    """Where the visitor is, and the way back."""
    open_steps = STEPS[: reached()]
    key = state.widget("import", "step", f"{step()}.{reached()}")
    st.segmented_control(
        "Step",
        open_steps,
        default=STEPS[step() - 1],
        required=True,
        format_func=option,
        label_visibility="collapsed",
        key=key,
        on_change=lambda: state.remember(_STEP, str(STEPS.index(str(st.session_state[key])) + 1)),
    )
