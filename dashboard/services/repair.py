"""A repair of a rule, as a change of the visitor's question."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from dashboard.services.question import Question, switched, with_limit
from optimizer import Repair
from portfolio.funding.rules import Limit, SourceBudget, TotalBudget
from portfolio.scenario import Scenario, all_rules


def tried(question: Question, asked: Scenario, start: Scenario, repair: Repair) -> Question:
    """The question in which the repair is made: its limit moved, or the rule switched off.

    Rules without a number, and those whose number this question cannot hold, are switched off.
    """
    rule = next((rule for rule in all_rules(asked) if rule.id == repair.rule), None)
    if rule is None or repair.amount is None:
        return switched(question, start, repair.rule, False)
    match rule:
        case SourceBudget():
            kept = tuple(entry for entry in question.sources if entry[0] != rule.source)
            totals = {source.id: source.total for source in asked.sources}
            if question.money is not None and not question.sources:
                kept = tuple((i, c) for i, c in totals.items() if i != rule.source)
            cents = -(-repair.amount.numerator // repair.amount.denominator)
            return replace(question, money=None, sources=(*kept, (rule.source, cents)))
        case TotalBudget():
            cents = -(-repair.amount.numerator // repair.amount.denominator)
            return replace(question, money=cents)
        case Limit():
            return with_limit(question, rule.id, _side(rule, repair.amount), repair.amount)
        case _:
            return switched(question, start, repair.rule, False)


def _side(rule: Limit, amount: Fraction) -> str:
    """Which limit moves: a lower one comes down, an upper one goes up."""
    if rule.at_least is None:
        return "at most"
    return "at least" if rule.at_most is None or amount < rule.at_least else "at most"
