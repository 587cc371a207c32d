"""The one owner of session keys and of the address: ids and plain values, never domain objects.

Widget keys are `<page>.<thing>[.<id>]`; `widget` makes them. What a widget says may stand in the
address under such a key (`components.choices`). What several screens share (the cluster, the question,
the picked project, the record) is kept here under `SHARED` names, and `sync_address` holds the
session and the address together: a link opens the same view, and so does the browser's Back.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.services import question

_VISITOR = "app.visitor"
_SHARED = "app.shared"
_OWN = "app.own."
_ADDRESS = "address"
_JOB = "app.job."
_USED = "app.slots"
_SHOWN = "app.shown."
_FLASH = "app.flash"
_SEEN = "app.seen."
_HELD = "app.held."
_WHO = "who"
NOBODY = "Somebody at the dashboard"
LATE = 1.5
"""Seconds in which a browser may still say an older address of ours: it is on its way, no Back."""
PAST = 8

CLUSTER = "cluster"
PROJECT = "project"
SHEET = "sheet"
RECORD = "record"
COMPARE = "compare"
SETTING = "setting"
SHARED = (CLUSTER, PROJECT, SHEET, RECORD, COMPARE, SETTING, *question.NAMES)


def widget(page: str, thing: str, item: str = "") -> str:
    """The key of a widget."""
    return f"{page}.{thing}.{item}" if item else f"{page}.{thing}"


def visitor() -> str:
    """A random name for this browser tab, by which jobs know their user."""
    if _VISITOR not in st.session_state:
        st.session_state[_VISITOR] = secrets.token_hex(8)
    return str(st.session_state[_VISITOR])


def sync_address() -> None:
    """Take over what the address says when the visitor came by link or Back, else write it there.

    Called once at the start of each run, before any page.
    """
    there = {name: st.query_params.get_all(name) for name in SHARED if name in st.query_params}
    if there and there != _own(_ADDRESS) and not _late(_ADDRESS, there):
        st.session_state[_SHARED] = there
    _write()


def shared(name: str) -> str:
    """The first text under a shared name, "" when there is none."""
    texts = _all().get(name, [])
    return texts[0] if texts else ""


def share(**values: str | None) -> None:
    """Set shared names (None or "" drops one) in the session and the address."""
    kept = dict(_all())
    for name, text in values.items():
        if name not in SHARED:
            raise KeyError(name)
        kept.pop(name, None)
        if text:
            kept[name] = [text]
    st.session_state[_SHARED] = kept
    _write()


def setting() -> list[str]:
    """The money that Budgets looks at, in the form of `services.budgets.from_texts`."""
    return list(_all().get(SETTING, []))


def set_setting(texts: Sequence[str]) -> None:
    """Look at other money in Budgets; nothing means as agreed."""
    kept = {name: there for name, there in _all().items() if name != SETTING}
    st.session_state[_SHARED] = kept | ({SETTING: list(texts)} if texts else {})
    _write()


def asked() -> dict[str, list[str]]:
    """The visitor's question in the form of `services.question.from_params`."""
    return {name: texts for name, texts in _all().items() if name in question.NAMES}


def ask(params: Mapping[str, Sequence[str]]) -> None:
    """Make this the visitor's question."""
    kept = {name: texts for name, texts in _all().items() if name not in question.NAMES}
    st.session_state[_SHARED] = kept | {name: list(texts) for name, texts in params.items()}
    _write()


def choose_cluster(cluster_id: str) -> None:
    """Go to another cluster; question and picks belong to the old one and are dropped."""
    st.session_state[_SHARED] = {CLUSTER: [cluster_id]}
    _write()


def read_address(key: str) -> list[str] | None:
    """The texts under a key that a widget has to take over, None when it keeps its own value.

    They are those of a link or of Back, and after a visit to another page those of before.
    """
    here = st.query_params.get_all(key) if key in st.query_params else []
    kept: list[str] | None = _own(key)
    if key not in st.session_state:
        return here or kept
    return None if here == (kept or []) or _late(key, here) else here


def write_address(key: str, texts: Sequence[str]) -> None:
    """Put what a widget says into the address; nothing when it says what it says by itself."""
    _note(key, list(texts))
    here = st.query_params.get_all(key) if key in st.query_params else []
    if here != list(texts):
        if texts:
            st.query_params[key] = list(texts)
        else:
            del st.query_params[key]


def job(slot: str) -> str:
    """Id of the visitor's last job in a slot, "" when there is none."""
    return str(st.session_state.get(_JOB + slot, ""))


def set_job(slot: str, job_id: str) -> None:
    """Remember the visitor's job in a slot."""
    st.session_state[_JOB + slot] = job_id


def begin_slots() -> None:
    """A page begins: no slot is in use yet."""
    st.session_state[_USED] = []


def use_slot(slot: str) -> None:
    """The page uses the job in this slot."""
    st.session_state.setdefault(_USED, []).append(slot)


def unused_slots() -> list[str]:
    """Slots with a job that this run of the page did not use."""
    used = st.session_state.get(_USED, [])
    slots = [str(key).removeprefix(_JOB) for key in st.session_state if str(key).startswith(_JOB)]
    return [slot for slot in slots if slot not in used]


def shown(slot: str) -> tuple[tuple[object, ...], str] | None:
    """The key of the answer that stands on a page, and the job that holds it."""
    kept = st.session_state.get(_SHOWN + slot)
    return (tuple(kept[0]), kept[1]) if kept else None


def set_shown(slot: str, key: tuple[object, ...], job: str) -> None:
    """Remember which answer stands on a page."""
    st.session_state[_SHOWN + slot] = (key, job)


def flash(text: str, undo: str = "") -> None:
    """Keep a message for the next run, with the id of the change that can be undone."""
    st.session_state[_FLASH] = {"text": text, "undo": undo}


def take_flash() -> dict[str, str] | None:
    """The message kept, once."""
    message: dict[str, str] | None = st.session_state.pop(_FLASH, None)
    return message


def remember(name: str, value: str) -> None:
    """Keep a plain value for this visit under a page's own name (`<page>.<thing>`)."""
    st.session_state[_SEEN + name] = value


def recall(name: str) -> str:
    """The plain value kept under a name, "" when there is none."""
    return str(st.session_state.get(_SEEN + name, ""))


def hold(name: str, value: bytes | None) -> None:
    """Keep a file's bytes for this visit, None to let them go."""
    if value is None:
        st.session_state.pop(_HELD + name, None)
    else:
        st.session_state[_HELD + name] = value


def held(name: str) -> bytes | None:
    """The bytes kept under a name, None when there are none."""
    return st.session_state.get(_HELD + name)


def who() -> str:
    """The name under which this visitor's changes are recorded."""
    return recall(_WHO) or NOBODY


def set_who(name: str) -> None:
    """Remember the visitor's name for this visit."""
    remember(_WHO, name.strip())


def _all() -> dict[str, list[str]]:
    shared_now: dict[str, list[str]] = st.session_state.get(_SHARED, {})
    return shared_now


def _write() -> None:
    wanted = _all()
    _note(_ADDRESS, dict(wanted))
    here = {name: st.query_params.get_all(name) for name in st.query_params}
    others = {name: texts for name, texts in here.items() if name not in SHARED}
    if here != others | wanted:
        st.query_params.from_dict(others | wanted)


def _note(key: str, said: object) -> None:
    """Remember what is about to be written into the address.

    Before it is written: that is where Streamlit may end this run for a newer one, which would
    take an address that nobody remembers for a link.
    """
    own = st.session_state.get(_OWN + key)
    if own is None or own["now"] != said:
        past = [] if own is None else [*own["past"], own["now"]][-PAST:]
        st.session_state[_OWN + key] = {"now": said, "past": past, "at": time.monotonic()}


def _own(key: str) -> Any:
    """What was last written into the address, None before anything was."""
    own = st.session_state.get(_OWN + key)
    return None if own is None else own["now"]


def _late(key: str, there: object) -> bool:
    """Whether a browser says an address of ours because it does not have the newest one yet."""
    own = st.session_state.get(_OWN + key)
    return own is not None and there in own["past"] and time.monotonic() - own["at"] < LATE
