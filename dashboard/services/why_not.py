"""Every way in for a proposal that is out, in sentences that its sponsor can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.services import words
from optimizer import Lever, Route, WhyNot
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules
from portfolio.scoring import value
from portfolio.wording import exact_money, listed, percent

RANKED = (
    "The smallest change comes first, measured against what stands today: €10 more on €100 is "
    "10 %, whatever changes. A rule switched off counts as 100 %."
)
EXACT = "Exact: no smaller change is enough."
AT_MOST = "This is enough for certain; a smaller change may be."
NAMES = {
    "payoff": "Its payoff",
    "cost": "Its cost",
    "budget": "The money in all",
    "source": "One funder",
    "rule": "One rule",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in, in words. Names stand in it as `mark` sets them off.

    `lead` names what changes, `bold` says how far, `size` how far against what stands ("" where
    nothing does), `follows` what that does to the others, `sure` how certain it is.
    """

    lead: str
    bold: str
    size: str
    follows: str
    sure: str


def ways(pool: Pool, scenario: Scenario, found: WhyNot, mark: words.Mark) -> tuple[Way, ...]:
    """All routes, the cheapest first."""
    return tuple(way(pool, scenario, found.project, route, mark) for route in found.routes)


def way(pool: Pool, scenario: Scenario, project: str, route: Route, mark: words.Mark) -> Way:
    """One route."""
    size = "" if route.relative is None or route.change is None else percent(route.relative)
    return Way(
        lead=NAMES[route.kind],
        bold=_bold(pool, scenario, project, route, mark),
        size=f"a change of {size}" if size else "",
        follows=_follows(pool, scenario, project, route, mark),
        sure=EXACT if route.exact else AT_MOST,
    )


def small(way: Way) -> str:
    """What stands in small print below a way in: how large the change is, and how certain."""
    return f"{way.size[:1].upper()}{way.size[1:]}. {way.sure}" if way.size else way.sure


def headline(pool: Pool, found: WhyNot, mark: words.Mark) -> str:
    """The answer as one sentence."""
    name = mark(_name(pool, found.project))
    if found.inside:
        return f"{name} is in the mix."
    if found.tied:
        return f"{name} is out, but a mix with it is just as good."
    if not found.routes:
        return f"{name} is not in the mix, and no single change was found that brings it in."
    ways_in = (
        "One change"
        if len(found.routes) == 1
        else f"{words.number_word(len(found.routes))} changes"
    )
    each = "it alone brings" if len(found.routes) == 1 else "each of them alone brings"
    return f"{name} is not in the mix. {ways_in} would put that right: {each} it in."


def shut(pool: Pool, scenario: Scenario, rules: Sequence[str], mark: words.Mark) -> str:
    """The rules that shut a proposal out together, as one sentence; "" for none."""
    said = [mark(_sentence(pool, scenario, rule)) for rule in rules]
    if not said:
        return ""
    verb = "This rule shuts" if len(said) == 1 else "These rules together shut"
    return f"{verb} it out: {'; '.join(said)}."


def helpless(pool: Pool, scenario: Scenario, found: WhyNot, mark: words.Mark) -> tuple[str, ...]:
    """What alone does not help, however far it goes, one entry each."""
    return tuple(_lever(pool, scenario, lever, mark) for lever in found.helpless)


def undecided(pool: Pool, scenario: Scenario, found: WhyNot, mark: words.Mark) -> tuple[str, ...]:
    """What was not settled in time, one entry each."""
    return tuple(_lever(pool, scenario, lever, mark) for lever in found.undecided)


def _bold(pool: Pool, scenario: Scenario, project: str, route: Route, mark: words.Mark) -> str:
    currency = pool.cluster.currency
    if route.kind == "rule":
        return _rule(pool, scenario, route, mark)
    now, then = (_amount(number, route.unit, currency) for number in (route.now, route.then))
    change = _amount(route.change, route.unit, currency)
    match route.kind:
        case "payoff":
            what = "its payoff given success" if route.words else "its own worth"
            return f"If {what} were {then} instead of {now}: {change} more."
        case "cost":
            grant = pool.project(project).grant * int(route.then or 0) // pool.project(project).cost
            asks = f" and it asked for {exact_money(grant, currency)}" if grant else ""
            return f"If it cost {then} instead of {now}{asks}: {change} less."
        case "budget":
            return f"If there were {then} in all instead of {now}, shared as agreed: {change} more."
        case _:
            source = next(one.name for one in scenario.sources if one.id == route.of)
            return f"If {mark(source)} gave {then} instead of {now}: {change} more."


def _rule(pool: Pool, scenario: Scenario, route: Route, mark: words.Mark) -> str:
    said = mark(_sentence(pool, scenario, route.of))
    if route.change is None:
        return f"If this rule did not hold: {said}."
    return f"If this rule were milder: {said}. The change: {mark(route.words)}."


def _follows(pool: Pool, scenario: Scenario, project: str, route: Route, mark: words.Mark) -> str:
    leaves = [mark(_name(pool, i)) for i in route.leaves]
    enters = [mark(_name(pool, i)) for i in route.enters if i != project]
    parts = []
    if leaves:
        parts.append(f"{listed(leaves)} would leave")
    if enters:
        parts.append(f"{listed(enters)} would come in with it")
    swap = f"{' and '.join(parts)}." if parts else "Nothing else in the mix would change."
    unit, currency = value.unit(scenario.objective), pool.cluster.currency
    amount = words.worth(abs(route.others_lose), unit, currency)
    if not route.others_lose:
        return swap
    side = "less" if route.others_lose > 0 else "more"
    return f"{swap} All others together would be worth {amount} {side}."


def _lever(pool: Pool, scenario: Scenario, lever: Lever, mark: words.Mark) -> str:
    match lever.kind:
        case "payoff":
            return "a higher payoff"
        case "cost":
            return "a lower cost"
        case "budget":
            return "more money in all"
        case "source":
            source = next(one.name for one in scenario.sources if one.id == lever.of)
            return f"more money from {mark(source)}"
        case _:
            return f"the rule: {mark(_sentence(pool, scenario, lever.of))}"


def _amount(number: Fraction | None, unit: str, currency: str) -> str:
    """An amount as exact as it has to be: a threshold told too low would not be one."""
    if number is None:
        return ""
    if unit == "cents":
        sign = words.MINUS if number < 0 else ""
        return f"{sign}{exact_money(-(-abs(number).numerator // number.denominator), currency)}"
    if unit == "points":
        return f"{float(number):,.2f} points"
    return f"{float(number):,.6f}".rstrip("0").rstrip(".")


def _sentence(pool: Pool, scenario: Scenario, rule_id: str) -> str:
    rule = next(rule for rule in all_rules(scenario) if rule.id == rule_id)
    return sentence(rule, pool, scenario)


def _name(pool: Pool, project_id: str) -> str:
    return pool.project(project_id).name or project_id
