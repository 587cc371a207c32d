"""The reports signal: whether a project reports, and the rating it has."""

from __future__ import annotations

import re
from datetime import date, timedelta

from portfolio.project import Project
from portfolio.review.plan import reports_until
from portfolio.review.signal import (
    DEFAULT_LIMITS,
    Limits,
    Signal,
    State,
    bad_since,
    from_limit,
    worst,
)
from portfolio.wording import day


def reports_signal(
    project: Project, on: date, limits: Limits = DEFAULT_LIMITS, *, reporting: bool = True
) -> Signal:
    """Days of silence, or the color of the last rating, whichever is worse.

    `reporting` says whether the cluster's projects report here at all: where none does, having
    no report is not known rather than silence.
    """
    reports = reports_until(project, on)
    heard = reports[-1].on if reports else project.start
    quiet = State.NOT_KNOWN
    if heard and heard <= on and (reports or reporting):
        quiet = from_limit((on - heard).days, limits.silence_closer, limits.silence_against)
        if not reports and quiet is State.FINE:
            quiet = State.NOT_KNOWN  # the first report is not due yet
    rating = (reports[-1].rating if reports else "") or project.rating
    rated = rating_state(rating)
    state = worst(quiet, rated)
    facts = []
    if reports:
        facts.append(f"last report on {day(reports[-1].on)}")
    elif quiet is not State.NOT_KNOWN and heard:
        facts.append(f"no report since its start on {day(heard)}")
    if rated is not State.NOT_KNOWN:
        facts.append(f"rated {rating.lower()}")
    history = [(r.on, rating_state(r.rating or project.rating)) for r in reports]
    if heard and quiet in (State.LOOK_CLOSER, State.AGAINST):
        history.append((heard + timedelta(days=limits.silence_closer), quiet))
    return Signal("reports", state, ", ".join(facts) or "no report yet", bad_since(history))


def rating_state(rating: str) -> State:
    """The state that a rating's colors say: red, amber, green, and the steps between them.

    >>> rating_state("Amber/Red").value, rating_state("Amber/Green").value
    ('against', 'look closer')
    """
    words = set(re.findall(r"[a-z]+", rating.lower()))
    if "red" in words:
        return State.AGAINST
    if words & {"amber", "yellow", "orange"}:
        return State.LOOK_CLOSER
    return State.FINE if "green" in words else State.NOT_KNOWN
