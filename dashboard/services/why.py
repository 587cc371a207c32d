"""Why a proposal is in or out, what that costs, and what would change it, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.services import chosen, words
from dashboard.services.chosen import Mix
from optimizer import Explanation, RulePrice
from portfolio.funding.needs import out_of_reach
from portfolio.funding.rules import Requires
from portfolio.pool import Pool
from portfolio.project import ProjectStatus
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring import value
from portfolio.wording import count, listed, money, percent


@dataclass(frozen=True, slots=True)
class Why:
    """An explanation in words. Names stand in it as typed: escape where Markdown is read.

    `ways` complete the sentence “It would enter by itself if …” (or leave), each a clause.
    """

    bold: str
    sentence: str
    lead: str
    ways: tuple[str, ...]


def why(pool: Pool, scenario: Scenario, found: Explanation, mark: words.Mark) -> Why:
    """The explanation of one proposal. `mark` sets a name off (in italics on a screen)."""
    name = mark(_name(pool, found.project))
    return Why(
        _bold(pool, scenario, found, name),
        _never(pool, scenario, found, mark) or _swap(pool, found, mark),
        _lead(found),
        _ways(pool, scenario, found),
    )


def _bold(pool: Pool, scenario: Scenario, found: Explanation, name: str) -> str:
    unit = value.unit(scenario.objective)
    if found.cost is None and not found.proven:
        side = "without" if found.inside else "with"
        return f"No mix {side} {name} was found in time; one may exist."
    if found.cost is None:
        if found.inside:
            return f"Every mix that meets the rules holds {name}."
        return f"No mix that meets the rules can hold {name}."
    if found.cost < 0 and not found.proven:
        side = "without" if found.inside else "with"
        return f"A better mix was found, {side} {name}. Keep looking for the best one."
    if found.cost <= 0:
        if found.inside:
            return f"{name} is in, but a mix without it is just as good."
        return f"{name} is out, but a mix with it is just as good."
    amount = words.worth(found.cost, unit, pool.cluster.currency)
    about = "" if found.proven else "about "
    lost = " of expected payoff" if unit == "money" else ""
    verb = f"Leaving {name} out" if found.inside else f"Putting {name} in"
    return f"{verb} would cost {about}{amount}{lost}."


def _never(pool: Pool, scenario: Scenario, found: Explanation, mark: words.Mark) -> str:
    """What a proposal needs that no mix can bring, whatever the sentence of the rule says."""
    if found.inside or found.cost is not None or not found.proven:
        return ""
    rules = [rule for rule in active_rules(scenario) if isinstance(rule, Requires)]
    needs = [i for r in rules if r.project == found.project for i in out_of_reach(r, pool)]
    parts = []
    for need in dict.fromkeys(needs):
        closed = pool.project(need).status is ProjectStatus.CLOSED
        reason = "which is closed" if closed else "whose cost is not known"
        parts.append(f"{mark(_name(pool, need))}, {reason}")
    return f"It needs {listed(parts)}." if parts else ""


def _swap(pool: Pool, found: Explanation, mark: words.Mark) -> str:
    leaves = [mark(_name(pool, i)) for i in found.leaves if i != found.project]
    enters = [mark(_name(pool, i)) for i in found.enters if i != found.project]
    if found.cost is None:
        return ""
    held = found.held if found.inside else found.instead
    own = chosen.known(pool, [choice for choice in held if choice.project == found.project])
    project = own.get(found.project, pool.project(found.project))
    how = chosen.clauses(pool, held, mark).get(found.project, "")
    grant = money(words.whole_money(project.grant), pool.cluster.currency)
    start = f"It frees {grant}" if found.inside else f"It needs {grant}"
    start += f" ({how})" if how else ""
    changed = chosen.change_words(Mix(pool, found.held), Mix(pool, found.instead), mark)
    if not leaves and not enters:
        return (
            f"{start}. {changed}" if changed else f"{start}; nothing else in the mix would change."
        )
    parts = []
    if leaves:
        parts.append(
            f"{listed(leaves)} would have to leave"
            if not found.inside
            else f"{listed(leaves)} would leave too"
        )
    if enters:
        parts.append(f"{listed(enters)} would come in")
    return f"{start}: {' and '.join(parts)}. {changed}".rstrip()


def _lead(found: Explanation) -> str:
    return "It would leave by itself if" if found.inside else "It would enter by itself if"


def _ways(pool: Pool, scenario: Scenario, found: Explanation) -> tuple[str, ...]:
    if not found.cost:
        return ()
    project = pool.project(found.project)
    currency = pool.cluster.currency
    up = not found.inside
    ways = []
    if found.payoff_needed is not None:
        verb = "fell below" if found.inside else "were"
        amount = words.money_beyond(found.payoff_needed, currency, up=up)
        ways.append(f"its payoff given success {verb} {amount}")
    elif found.worth_needed is not None:
        verb = "fell below" if found.inside else "were"
        unit = value.unit(scenario.objective)
        amount = words.worth_beyond(found.worth_needed, unit, currency, up=up)
        ways.append(f"its own worth {verb} {amount}")
    if found.chance_needed is not None and project.p_success is not None:
        verb = "fell from" if found.inside else "rose from"
        ways.append(
            f"its chance of success {verb} {percent(round(project.p_success, 3))}"
            f" to {words.percent_beyond(found.chance_needed, up=up)}"
        )
    if found.more_money is not None and not found.inside:
        more = words.money_beyond(found.more_money, currency, up=True)
        less = "" if found.least_money else " (less may do)"
        ways.append(f"there were {more} more money{less}")
    return tuple(ways)


def _name(pool: Pool, project_id: str) -> str:
    return pool.project(project_id).name or project_id


def price_words(price: RulePrice, scenario: Scenario, pool: Pool) -> str:
    """What a rule costs, for the end of its row."""
    if price.price is None:
        return "not known"
    amount = words.short_worth(price.price, value.unit(scenario.objective), pool.cluster.currency)
    return amount if price.proven else f"about {amount}"


def free_words(free: int, others: bool) -> str:
    """The line that folds the rules that cost nothing; `others`: some rules do cost something."""
    if free == 1:
        which = "One other rule costs" if others else "The rule costs"
        return f"{which} nothing: the best mix meets it anyway"
    which = f"The other {count(free, 'rule')}" if others else f"All {count(free, 'rule')}"
    return f"{which} cost nothing: the best mix meets them anyway"
