"""What an answer to a question of the full model has to be, given the oracle's."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

from portfolio.funding.rules import CoFunding, Eligibility
from portfolio.selection import Choice, Payment, Selection, Status
from tests.support.full_oracle import FullQuestion, Terms, content_of, is_budget_of
from tests.support.oracle import by_period


def agrees_in_full(question: FullQuestion, selection: Selection) -> None:
    """The answer is the oracle's, way for way; it is proven, meets every rule and is paid well."""
    best = question.best()
    if best is None:
        assert selection.status is Status.INFEASIBLE
        assert (selection.chosen, selection.value, selection.payments) == ((), None, ())
        return
    assert selection.status is Status.OPTIMAL
    assert (selection.value, selection.bound) == (best.value, best.value)
    assert (selection.spend, selection.chosen) == (best.spend, best.chosen)
    assert [check.rule for check in selection.checks] == list(question.rules)
    assert all(check.met for check in selection.checks)
    well_paid(question, selection.chosen, selection.payments)


def well_paid(
    question: FullQuestion, chosen: tuple[Choice, ...], payments: tuple[Payment, ...]
) -> None:
    """Each grant is paid to the cent, by who may, within rates and envelopes."""
    sources = question.scenario.sources
    if not sources:
        assert payments == ()
        return
    rules = list(question.rules.values())
    terms = Terms(
        any(isinstance(rule, Eligibility) for rule in rules),
        any(isinstance(rule, CoFunding) for rule in rules),
    )
    paid: dict[tuple[str, str, int], int] = defaultdict(int)
    for payment in payments:
        assert payment.cents > 0
        paid[payment.project, payment.source, payment.period] += payment.cents
    periods = range(question.calendar.count)
    ways = question.members(question.number(chosen))
    assert {project for project, _, _ in paid} <= {way.project.id for way in ways}
    for way in ways:
        grants = by_period(way.project, way.project.grant, question.calendar)
        most = {s.id: question.may_pay_at_most(way, s, terms) for s in sources}
        for t in periods:
            own = {s.id: paid[way.project.id, s.id, t] for s in sources}
            assert sum(own.values()) == grants[t]
            assert all(cents <= most[name][t] for name, cents in own.items())
    for source in sources:
        spent = [sum(paid[way.project.id, source.id, t] for way in ways) for t in periods]
        held = content_of(source)
        if source.carry_over:
            spent, held = list(accumulate(spent)), list(accumulate(held))
        if any(is_budget_of(rule, source) for rule in rules):
            assert all(cents <= limit for cents, limit in zip(spent, held, strict=True))
