"""Ways out of a clash in words, and as changes of the visitor's question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from dashboard.services import words
from dashboard.services.question import ALWAYS_IN, ALWAYS_OUT, Question, switched, with_limit
from optimizer import Clash, ClashRule, Repair
from optimizer.infeasibility import MOST_SETS
from portfolio.funding.rules import Limit, Must, MustNot, SourceBudget, TotalBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring import value
from portfolio.wording import count


def headline(clash: Clash) -> str:
    """What a clash is, over the sentences of its rules."""
    if len(clash.rules) == 1:
        return "No mix meets this rule"
    return f"These {count(len(clash.rules), 'rule')} cannot hold together"


def several(clash: Clash) -> str:
    """How to read more than one clash."""
    return (
        f"{count(len(clash.each), 'set')} of rules clash, and each needs a change. A change is "
        "worked out as if the other clashes were solved: the rules that only they name are set aside."
    )


def doubts(clash: Clash) -> list[str]:
    """What was not settled in time."""
    said = []
    if not all(each.proven for each in clash.each):
        said.append("A smaller set may clash too; the time was up.")
    if not clash.complete:
        said.append("Further rules may clash beside these; the time was up.")
    return said


def settled(clash: Clash) -> bool:
    """Whether more time would tell nothing new of these clashes and their ways out."""
    sets = clash.all_sets or len(clash.sets) >= MOST_SETS
    return clash.complete and sets and all(_settled(each) for each in clash.each)


def _settled(clash: Clash) -> bool:
    repairs = all(repair.proven and repair.price is not None for repair in clash.repairs)
    return clash.proven and not clash.undecided and repairs


def way_out(clash: Clash, rule: str) -> str:
    """What to change in a rule of a clash, in a few words, or that no change of it helps."""
    repair = next((repair for repair in clash.repairs if repair.rule == rule), None)
    if repair is not None:
        return repair.change if repair.proven else f"{repair.change}; less may be enough"
    if rule in clash.undecided:
        return "Whether a change of this rule alone helps was not found in time"
    return "No change of this rule alone helps"


def priced(pool: Pool, scenario: Scenario, clash: Clash, rule: str) -> str:
    """What the best mix is worth after the change of a rule, as a sentence; "" where not known."""
    repair = next((repair for repair in clash.repairs if repair.rule == rule), None)
    if repair is None or repair.value is None:
        return ""
    unit, currency = value.unit(scenario.objective), pool.cluster.currency
    said = f"The best mix is then worth {words.worth(repair.value, unit, currency)}"
    if repair.price is None:
        return f"{said}."
    lost = words.worth(repair.price, unit, currency)
    without = "this rule" if len(clash.rules) == 1 else "any of these rules"
    less = f"{lost} less than" if repair.price else "as much as"
    return f"{said}, {less} without {without}."


def overlap(clash: Clash) -> str:
    """How to read the list of all sets."""
    sets = count(len(clash.sets), "smallest set", "smallest sets")
    if clash.all_sets:
        return f"All in all {sets} of rules cannot hold together. They may share rules:"
    return f"{sets} of rules that cannot hold together; there may be more. They may share rules:"


def set_words(rules: Sequence[ClashRule]) -> str:
    """One set of rules that cannot hold together."""
    return " + ".join(sentence for _, sentence in rules)


def tried(question: Question, asked: Scenario, start: Scenario, repair: Repair) -> Question:
    """The question in which the repair is made: its limit moved, or the rule switched off.

    A rule that the repair drops, and one whose change this question cannot hold, is switched off.
    """
    old, new = (
        next((rule for rule in active_rules(scenario) if rule.id == repair.rule), None)
        for scenario in (asked, repair.scenario)
    )
    if repair.rule == ALWAYS_IN:
        return replace(question, always_in=new.projects if isinstance(new, Must) else ())
    if repair.rule == ALWAYS_OUT:
        return replace(question, always_out=new.projects if isinstance(new, MustNot) else ())
    match old, new:
        case SourceBudget(), SourceBudget():
            total = _enough(_source(asked, new.source), _source(repair.scenario, new.source))
            if total is not None:
                return _with_source(question, asked, new.source, total)
        case TotalBudget(), TotalBudget():
            return _with_total(question, asked, new)
        case Limit(), Limit():
            return _with_limit(question, old, new)
    return switched(question, start, repair.rule, False)


def _with_limit(question: Question, old: Limit, new: Limit) -> Question:
    """The bound that moved; one that is gone stands where it forbids nothing."""
    if new.at_least != old.at_least:
        return with_limit(question, old.id, "at least", Fraction(new.at_least or 0))
    at_most = Fraction(1) if new.at_most is None else Fraction(new.at_most)
    return with_limit(question, old.id, "at most", at_most)


def _with_total(question: Question, asked: Scenario, new: TotalBudget) -> Question:
    """Money in all where the rule alone holds it, else its own limit: funders keep theirs."""
    totals = [rule for rule in active_rules(asked) if isinstance(rule, TotalBudget)]
    if asked.sources or len(totals) > 1:
        return with_limit(question, new.id, "at most", Fraction(new.limit))
    limits = tuple(entry for entry in question.limits if entry[0] != new.id)
    return replace(question, money=new.limit, limits=limits)


def _with_source(question: Question, asked: Scenario, source: str, total: int) -> Question:
    """Another total for one funder; what the money in all had set for the others is kept."""
    kept = tuple(entry for entry in question.sources if entry[0] != source)
    if question.money is not None:
        kept = tuple((each.id, each.total) for each in asked.sources if each.id != source)
        for rule in active_rules(asked):
            if isinstance(rule, TotalBudget):
                question = with_limit(question, rule.id, "at most", Fraction(rule.limit))
    return replace(question, money=None, sources=(*kept, (source, total)))


def _source(scenario: Scenario, name: str) -> Source:
    return next(source for source in scenario.sources if source.id == name)


def _enough(old: Source, new: Source) -> int | None:
    """A total that, spread over the periods as before, gives each at least what the repair gives it.

    None where a period that had nothing needs something: no total gives it any.
    """
    shares = old.budgets if old.total else (1,) * len(old.budgets)
    whole = sum(shares)
    totals = [new.total]
    for share, needed in zip(shares, new.budgets, strict=True):
        if needed and not share:
            return None
        if needed:
            totals.append(-(-needed * whole // share))
    return max(totals)
