"""What a visitor asks, as the difference from the standing question, and its form in an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isfinite
from typing import Any, get_args

from portfolio.funding.rules import Limit, LossLimit, Must, MustNot, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import (
    Aim,
    Scenario,
    StayClose,
    all_rules,
    with_money,
    with_rules,
    with_source_totals,
)
from portfolio.units import from_cents, to_cents

ALWAYS_IN = "asked:in"
ALWAYS_OUT = "asked:out"
LOSSES = "asked:losses"
_ASKED: dict[str, dict[str, Any]] = {
    ALWAYS_IN: {"always_in": ()},
    ALWAYS_OUT: {"always_out": ()},
    LOSSES: {"losses": None},
}
"""Rules that the question itself makes, and the question without them."""
CAUTION_LEVELS = {"none": 0.0, "some": 0.25, "high": 0.5}
"""How far each word moves payoffs from their expected towards their low estimate."""

NOT_CLOSE = "none"
"""What `close` says where the question started from stays close and this one should not."""

Params = Mapping[str, Sequence[str]]
NAMES = (
    "base",
    "money",
    "source",
    "aim",
    "weight",
    "caution",
    "in",
    "out",
    "losses",
    "off",
    "limit",
    "close",
)
"""The names that a question may use in an address."""


@dataclass(frozen=True, slots=True)
class Question:
    """What differs from the question it starts from. None and () mean: as there.

    `base`: id of the decision whose question it starts from, "" for the cluster's standing one.
    `money`: cents in all. `sources`: pairs of a source's id and its cents in all. `losses`: cents that
    the mix loses at most on average in the worst tenth of outcomes, below zero for a gain. `off`: all rules
    that do not count. `limits`: triples of a rule's id, "at least" or "at most", and the new limit
    in the rule's own unit. `close`: id of the decision to stay close to, `NOT_CLOSE` for none.
    """

    base: str = ""
    money: int | None = None
    sources: tuple[tuple[str, int], ...] = ()
    aim: Aim | None = None
    payoff_weight: float | None = None
    caution: float | None = None
    always_in: tuple[str, ...] = ()
    always_out: tuple[str, ...] = ()
    losses: int | None = None
    off: tuple[str, ...] | None = None
    limits: tuple[tuple[str, str, Fraction], ...] = ()
    close: str = ""


def to_params(question: Question) -> dict[str, list[str]]:
    """The question as names and texts for an address; empty for the question it starts from."""
    params: dict[str, list[str]] = {
        "base": [question.base] if question.base else [],
        "money": [] if question.money is None else [_units(question.money)],
        "source": [f"{source}:{_units(cents)}" for source, cents in question.sources],
        "aim": [question.aim] if question.aim else [],
        "weight": [] if question.payoff_weight is None else [f"{question.payoff_weight:g}"],
        "caution": [] if question.caution is None else [f"{question.caution:g}"],
        "in": list(question.always_in),
        "out": list(question.always_out),
        "losses": [] if question.losses is None else [_units(question.losses)],
        "off": [] if question.off is None else list(question.off) or [""],
        "limit": [f"{rule}:{side}:{limit}" for rule, side, limit in question.limits],
        "close": [question.close] if question.close else [],
    }
    return {name: texts for name, texts in params.items() if texts}


def from_params(params: Params, pool: Pool, start: Scenario) -> tuple[Question, tuple[str, ...]]:
    """The question of an address, and a sentence for each part of it that cannot be used here."""
    notes: list[str] = []
    candidates = {project.id for project in pool.candidates}
    sources = {source.id for source in start.sources}
    rules = {rule.id: rule for rule in all_rules(start)}
    aim = _first(params, "aim")
    off = params.get("off")
    question = Question(
        base=_first(params, "base"),
        money=_money(_first(params, "money"), notes),
        sources=tuple(_source_money(params.get("source", ()), sources, notes)),
        aim=_known_aim(aim) if aim else None,
        payoff_weight=_part(_first(params, "weight")),
        caution=_part(_first(params, "caution")),
        always_in=_known(params.get("in", ()), candidates, notes),
        always_out=_known(params.get("out", ()), candidates, notes),
        losses=_amount(_first(params, "losses")),
        off=None if off is None else tuple(sorted({text for text in off if text in rules})),
        limits=tuple(_limits(params.get("limit", ()), rules)),
        close=_close(_first(params, "close"), start),
    )
    if aim and question.aim is None:
        notes.append("The link asks for an aim that does not exist; the agreed aim is used.")
    both = set(question.always_in) & set(question.always_out)
    if both:
        notes.append("The link wants a proposal both in and out; it is left open.")
        question = replace(
            question,
            always_in=tuple(i for i in question.always_in if i not in both),
            always_out=tuple(i for i in question.always_out if i not in both),
        )
    return question, tuple(notes)


def scenario(
    question: Question, start: Scenario, agreed: tuple[str, ...] | None = None
) -> Scenario:
    """The whole question that the optimizer gets.

    `agreed` are the projects of the decision that it names to stay close to, None where it names
    none: then it stays as close as the question it starts from.
    """
    asked = with_source_totals(start, dict(question.sources))
    if question.money is not None:
        asked = with_money(asked, question.money)
    if question.limits:
        asked = replace(asked, rules=tuple(_relimited(asked.rules, question.limits)))
    if question.always_in:
        asked = with_rules(asked, Must(id=ALWAYS_IN, projects=question.always_in))
    if question.always_out:
        asked = with_rules(asked, MustNot(id=ALWAYS_OUT, projects=question.always_out))
    if question.losses is not None:
        asked = with_rules(asked, LossLimit(id=LOSSES, at_most=question.losses))
    objective = asked.objective
    objective = replace(
        objective,
        aim=question.aim or objective.aim,
        payoff_weight=_or(question.payoff_weight, objective.payoff_weight),
        caution=_or(question.caution, objective.caution),
    )
    return replace(
        asked,
        objective=objective,
        off=asked.off if question.off is None else question.off,
        stay_close=_stay_close(question, start, agreed),
    )


def with_limit(question: Question, rule: str, side: str, limit: Fraction) -> Question:
    """The question with one limit of one rule moved."""
    kept = tuple(entry for entry in question.limits if entry[:2] != (rule, side))
    return replace(question, limits=(*kept, (rule, side, limit)))


def switched(question: Question, start: Scenario, rule: str, on: bool) -> Question:
    """The question with a rule switched on or off; as at the start when nothing is left changed."""
    if rule in _ASKED:
        return question if on else replace(question, **_ASKED[rule])
    off = set(start.off if question.off is None else question.off)
    off = off - {rule} if on else off | {rule}
    return replace(question, off=None if off == set(start.off) else tuple(sorted(off)))


def _stay_close(
    question: Question, start: Scenario, agreed: tuple[str, ...] | None
) -> StayClose | None:
    if question.close == NOT_CLOSE:
        return None
    if agreed is None:
        return start.stay_close
    return replace(start.stay_close or StayClose(()), agreed=agreed)


def _relimited(
    rules: Iterable[Rule], limits: Iterable[tuple[str, str, Fraction]]
) -> Iterable[Rule]:
    wanted = {(rule, side): limit for rule, side, limit in limits}
    for rule in rules:
        low, high = wanted.get((rule.id, "at least")), wanted.get((rule.id, "at most"))
        if isinstance(rule, TotalBudget) and high is not None:
            yield replace(rule, limit=int(high))
        elif isinstance(rule, Limit) and (low is not None or high is not None):
            yield replace(
                rule,
                sentence="",
                at_least=rule.at_least if low is None else _decimal(low),
                at_most=rule.at_most if high is None else _decimal(high),
            )
        else:
            yield rule


def _decimal(limit: Fraction) -> Decimal:
    return Decimal(limit.numerator) / Decimal(limit.denominator)


def _or(asked: float | None, standing: float) -> float:
    return standing if asked is None else asked


def _units(cents: int) -> str:
    text = f"{from_cents(cents):f}"
    return text.removesuffix(".00")


def _first(params: Params, name: str) -> str:
    texts = params.get(name, ())
    return texts[0] if texts else ""


# Anybody can write an address: an exponent there could ask for a number of a billion digits.
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,20}(?:[./][0-9]{1,20})?")


def _amount(text: str) -> int | None:
    """Cents of an amount, below zero too; None for what is none."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return None
    try:
        cents = to_cents(text)
    except (InvalidOperation, ValueError):
        return None
    return cents if abs(cents) < 10**17 else None


def _cents(text: str) -> int | None:
    cents = _amount(text)
    return cents if cents is not None and cents >= 0 else None


def _money(text: str, notes: list[str]) -> int | None:
    if not text:
        return None
    cents = _cents(text)
    if cents is None:
        notes.append("The link names an amount of money that is none; the agreed money is used.")
    return cents


def _source_money(
    texts: Iterable[str], sources: set[str], notes: list[str]
) -> Iterable[tuple[str, int]]:
    for text in texts:
        source, _, amount = text.rpartition(":")
        cents = _cents(amount)
        if source in sources and cents is not None:
            yield source, cents
        else:
            notes.append("The link names a funder or an amount that is not known here.")


def _known_aim(text: str) -> Aim | None:
    return next((aim for aim in get_args(Aim) if aim == text), None)


def _part(text: str) -> float | None:
    try:
        part = float(text)
    except ValueError:
        return None
    return part if isfinite(part) and 0 <= part <= 1 else None


def _close(text: str, start: Scenario) -> str:
    """Staying close is switched off only where the start has it, so that nothing differs in vain."""
    return "" if text == NOT_CLOSE and start.stay_close is None else text


def _known(ids: Iterable[str], candidates: set[str], notes: list[str]) -> tuple[str, ...]:
    wanted = sorted(set(ids))
    known = tuple(project for project in wanted if project in candidates)
    if len(known) < len(wanted):
        notes.append("The link names proposals that are not on the table any more.")
    return known


def _limits(texts: Iterable[str], rules: Mapping[str, Rule]) -> Iterable[tuple[str, str, Fraction]]:
    for text in texts:
        parts = text.rsplit(":", 2)
        if len(parts) != 3 or parts[0] not in rules or parts[1] not in ("at least", "at most"):
            continue
        if not _PLAIN_NUMBER.fullmatch(parts[2]):
            continue
        try:
            yield parts[0], parts[1], Fraction(parts[2])
        except ZeroDivisionError:
            continue
