"""Points that fill in while they are worked out: what there is so far, Cancel, and the way to go on."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import streamlit as st

from dashboard import cache, state
from dashboard.components import patience, work
from dashboard.jobs import Report
from optimizer import Options

REDRAW = 2.0
"""Seconds after which a curve of which more has arrived is drawn again."""

_KEEPING = threading.Lock()

Points = TypeVar("Points")


@dataclass(frozen=True, slots=True)
class Came(Generic[Points]):
    """What a running job reports: all that is known so far."""

    points: Points


class Filling(ABC, Generic[Points]):
    """How points of one kind are worked out, kept and told. `slot` is the job's."""

    slot: str
    patience: Options
    """For the work that is cut short, at first."""

    @abstractmethod
    def run(
        self,
        begun: Points | None,
        options: Options,
        tell: Callable[[Points], None],
        cancel: threading.Event,
    ) -> Points:
        """The work: it goes on from what is kept, and tells what is known each time there is more."""

    @abstractmethod
    def kept(self, points: Points) -> Points:
        """Those that more time could not change."""

    @abstractmethod
    def whole(self, points: Points) -> bool:
        """Whether nothing is missing."""

    @abstractmethod
    def share(self, points: Points) -> float:
        """How much is there, 0 to 1."""

    @abstractmethod
    def line(self, points: Points | None) -> str:
        """What a line of progress says."""

    @abstractmethod
    def missing(self, points: Points, stopped: bool) -> str:
        """What is said of points that are not whole: they were `stopped`, or time ran out."""

    @abstractmethod
    def longer(self, points: Points, stopped: bool) -> bool:
        """Whether going on may take longer than at first: time ran out for what is missing."""


def arriving(filling: Filling[Points], key: tuple[object, ...]) -> Points | None:
    """What is known under this key so far; None where nothing is yet.

    While it is worked out, a line of progress is drawn; where it was cut short, how much is there
    and a way to go on. What is proven is kept for everybody, however the work ends.
    """
    kept = cast("Points | None", cache.answer(key))
    if kept is not None and filling.whole(kept):
        return kept
    slot, at_first = filling.slot, filling.patience.time_limit
    options = Options(time_limit=patience.seconds(slot, key, at_first))
    job = work.start(slot, key, lambda report, cancel: _run(filling, options, key, report, cancel))
    so_far = job.progress.points if isinstance(job.progress, Came) else kept
    if work.failed(job):
        return so_far
    if isinstance(job.result, Came):
        points: Points = job.result.points
        if not filling.whole(points):
            _cut_short(filling, points, key, stopped=job.cancelled.is_set())
        return points
    if not job.finished:
        work.progress(
            slot,
            lambda told: filling.line(told.points if isinstance(told, Came) else None),
            lambda told: filling.share(told.points) if isinstance(told, Came) else None,
            redraw=REDRAW,
        )
    return so_far


def _run(
    filling: Filling[Points],
    options: Options,
    key: tuple[object, ...],
    report: Report,
    cancel: threading.Event,
) -> Came[Points]:
    """The work, each step of it reported; what is proven is taken up again by the next one."""
    begun = cast("Points | None", cache.answer(key))
    last = begun

    def tell(points: Points) -> None:
        nonlocal last
        last = points
        report(Came(points))

    if begun is not None:
        tell(begun)
    try:
        last = filling.run(begun, options, tell, cancel)
    finally:
        if last is not None:
            _keep(filling, key, filling.kept(last))
    return Came(last)


def _keep(filling: Filling[Points], key: tuple[object, ...], points: Points) -> None:
    """Keep points for everybody, unless somebody else's work has found more meanwhile."""
    with _KEEPING:
        now = cast("Points | None", cache.answer(key))
        if now is None or filling.share(points) >= filling.share(now):
            cache.keep_answer(key, points)


def _cut_short(
    filling: Filling[Points], points: Points, key: tuple[object, ...], stopped: bool
) -> None:
    """Say how much is there, with the way to go on. Where time ran out, it may take longer then."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(filling.missing(points, stopped), width="content")
        st.button(
            "Go on",
            key=state.widget("arriving", "again", filling.slot),
            on_click=_go_on,
            args=(filling.slot, filling.patience.time_limit, key, filling.longer(points, stopped)),
        )


def _go_on(slot: str, at_first: float, key: tuple[object, ...], longer: bool) -> None:
    if longer:
        patience.look_longer(slot, key, at_first)
    work.again(slot)
