"""Certificates of answers: written with the versions of all that took part, and replayed."""

from __future__ import annotations

import platform
import threading
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import optimizer
from data.certificate import Certificate, write_certificate
from optimizer import Options
from optimizer.validate import check
from portfolio.errors import InputError
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection, Status
from portfolio.verification import Check, verified

PROGRAMS = ("clusterfolio", "pulp", "highspy", "numpy")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a replay showed: each check, and the answer found anew where that was asked for."""

    checks: tuple[Check, ...]
    anew: Selection | None = None

    @property
    def holds(self) -> bool:
        """Whether everything checked holds."""
        return all(check.holds for check in self.checks)


def versions() -> dict[str, str]:
    """The versions of the programs that answer."""
    found = {"python": platform.python_version()}
    for program in PROGRAMS:
        try:
            found[program] = version(program)
        except PackageNotFoundError:
            found[program] = "not installed"
    return found


def certificate(pool: Pool, scenario: Scenario, selection: Selection) -> str:
    """The certificate of an answer, as text."""
    return write_certificate(pool, scenario, selection, versions())


def replay(written: Certificate) -> Verdict:
    """Check a certificate without any solver: hash, rules, money, value, bound."""
    words = "The content is the one that was hashed."
    if not written.untouched:
        words = f"The content was changed: its hash is {written.computed}, {written.told} is told."
    unaltered = Check("hash", written.untouched, words)
    try:
        check(written.pool, written.scenario)
    except InputError as error:
        wrong = " ".join(str(problem) for problem in error.problems)
        return Verdict((unaltered, Check("question", False, wrong)))
    return Verdict((unaltered, *verified(written.pool, written.scenario, written.selection)))


def resolve(
    written: Certificate, options: Options, cancel: threading.Event | None = None
) -> Verdict:
    """Check a certificate, and solve its question again: it must give the same mix."""
    verdict = replay(written)
    if any(each.name == "question" for each in verdict.checks):
        return verdict
    anew = optimizer.optimize(written.pool, written.scenario, options, cancel=cancel)
    return Verdict((*verdict.checks, _same_answer(written.selection, anew)), anew)


def _same_answer(then: Selection, now: Selection) -> Check:
    name = "solved again"
    if now.status is Status.NO_SOLUTION_FOUND or (
        now.status is Status.FEASIBLE and then.status is Status.OPTIMAL
    ):
        return Check(name, False, "Not proven again in this time. Give more with --time-limit.")
    if then.status is Status.FEASIBLE:
        return _no_worse(then, now)
    if then.status is not now.status:
        return Check(name, False, f"{then.status} was told; it is {now.status}.")
    if set(then.chosen) != set(now.chosen) or then.value != now.value:
        return Check(name, False, "Another mix is best.")
    return Check(name, True, "The same answer, proven again.")


def _no_worse(then: Selection, now: Selection) -> Check:
    """A mix told as good, not proven: right as long as its bound is not passed."""
    best = now.value or 0
    if now.status is Status.INFEASIBLE or (then.bound is not None and best > then.bound):
        return Check("solved again", False, f"{now.status} with {best}: not what was told.")
    if set(then.chosen) == set(now.chosen):
        return Check("solved again", True, "The same mix.")
    words = "Another mix was found; the first one was told as good, not as proven best."
    return Check("solved again", True, words)
