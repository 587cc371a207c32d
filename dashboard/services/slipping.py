"""The review as a page shows it: which initiatives slip, said in sentences, and their bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.services import proposals, words
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.review.signal import State, span
from portfolio.review.verdicts import ProjectReview, Verdict, review
from portfolio.wording import count, listed, money

SILENCE = timedelta(days=31)
"""Without a report for so long, an initiative may slip unseen."""
NEEDS_THE_BOARD = (Verdict.CLOSE_OR_RESCUE, Verdict.ASK_FOR_A_PLAN)


@dataclass(frozen=True, slots=True)
class Slips:
    """The running projects on a day, worst first. `silent` have not reported for a month."""

    pool: Pool
    on: date
    rows: tuple[ProjectReview, ...]
    silent: int

    def at(self, *verdicts: Verdict) -> tuple[ProjectReview, ...]:
        """The rows with one of these verdicts."""
        return tuple(row for row in self.rows if row.verdict in verdicts)

    @property
    def listed(self) -> tuple[ProjectReview, ...]:
        """The rows that are not on plan."""
        return tuple(row for row in self.rows if row.verdict is not Verdict.ON_PLAN)


def slips(pool: Pool, on: date) -> Slips:
    """Look at all running projects as known on a day."""
    silent = sum(_silent(project, on) for project in pool.running)
    return Slips(pool, on, review(pool, on), silent)


def headline(found: Slips) -> str:
    """The answer as one sentence."""
    whole = len(found.rows)
    if not whole:
        return "No initiative is running."
    slipping, closing = found.at(*NEEDS_THE_BOARD), found.at(Verdict.CLOSE_OR_RESCUE)
    if not slipping:
        return "Nothing is slipping."
    number = words.number_word(len(slipping))
    start = f"{number} of {count(whole, 'initiative')} {_is(len(slipping))} slipping"
    if not closing:
        return f"{start}."
    if len(closing) == len(slipping):
        which = "it" if len(closing) == 1 else "all of them"
        return f"{start}, and {which} should probably be closed."
    return f"{start}, and {words.number_word(len(closing)).lower()} should probably be closed."


def context(found: Slips, mark: words.Mark) -> str:
    """One plain sentence beside the answer: the money at stake, and what stays unseen."""
    if not found.rows:
        return "Projects under way appear here with their signals."
    currency = found.pool.cluster.currency
    parts = []
    closing = found.at(Verdict.CLOSE_OR_RESCUE)
    free = sum(row.unspent or 0 for row in closing)
    if closing and free:
        names = listed((mark(row.name) for row in closing if row.unspent), most=3)
        parts.append(f"{money(free, currency)} of {names} is not yet spent.")
    watched = len(found.at(Verdict.WATCH))
    if watched:
        parts.append(f"{words.number_word(watched)} more {_is(watched)} worth watching.")
    if found.silent:
        whole = len(found.rows)
        parts.append(
            f"{found.silent} of {whole} {'has' if found.silent == 1 else 'have'} not reported for "
            "a month, so this list may be short."
        )
    return " ".join(parts) or "Every initiative reported within a month."


def row_line(found: Slips, row: ProjectReview, mark: words.Mark) -> str:
    """Who leads it, what is not yet spent, and how many signals speak against it."""
    pool = found.pool
    lead = proposals.lead_name(pool, pool.project(row.project))
    parts = [mark(lead)] if lead else []
    if row.unspent is None:
        parts.append("what is spent is not known")
    else:
        parts.append(f"{money(row.unspent, pool.cluster.currency)} not yet spent")
    known = len(row.signals) - len(row.signals_at(State.NOT_KNOWN))
    bad = len(row.signals_at(State.AGAINST)) + len(row.signals_at(State.LOOK_CLOSER))
    parts.append(f"{bad} of {known} known signals point to trouble")
    return " · ".join(parts)


def gantt_finding(found: Slips, mark: words.Mark) -> str:
    """What the bars show, for the heading above them."""
    late = [row for row in found.rows if (row.lateness.days or 0) > 0]
    if not late:
        return "No initiative is expected to end late"
    worst = max(late, key=lambda row: (row.lateness.days or 0, row.project))
    return f"{mark(worst.name)} now ends {span(worst.lateness.days or 0)} late"


def late_words(row: ProjectReview) -> str:
    """How late a project will end, for the end of its bar."""
    days = row.lateness.days
    if days is None:
        return "not known"
    if days == 0:
        return "on plan"
    return f"{span(abs(days))} {'late' if days > 0 else 'early'}"


def _silent(project: Project, on: date) -> bool:
    heard = [report.on for report in project.reports if report.on <= on]
    last = max(heard, default=project.start)
    return last is not None and last < on - SILENCE


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
