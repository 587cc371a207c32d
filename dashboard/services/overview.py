"""What needs a decision today, from everything that is known of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.services import agreement, decisions, mix, slipping, words
from dashboard.services.chosen import same
from dashboard.services.mix import Answered
from portfolio.decision import Decision
from portfolio.funding.rules import EVERY, Limit
from portfolio.pool import Pool
from portfolio.review.signal import State
from portfolio.review.verdicts import ProjectReview, Verdict
from portfolio.scenario import active_rules
from portfolio.scoring import value
from portfolio.scoring.classes import UNKNOWN
from portfolio.wording import count, listed, money

Weight = Literal["urgent", "open", "quiet"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: a headline, its evidence, until when, and where to decide it.

    Texts are Markdown, their names marked already. `project` is the one to pick on that screen.
    """

    key: str
    weight: Weight
    headline: str
    evidence: str
    due: str
    screen: str
    button: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that an overview rests on. `answered` is None while the best mix is sought."""

    pool: Pool
    on: date
    slips: slipping.Slips
    latest: Decision | None
    answered: Answered | None


def waiting(known: Known, mark: words.Mark, safe: words.Mark) -> tuple[Waiting, ...]:
    """Everything that waits, the most pressing first. `mark` sets names off, `safe` only escapes."""
    found = [
        *_slipping(known, mark, safe),
        *_agreed_mix(known, mark, safe),
        *_disagreement(known, mark),
        *_incomplete(known, mark),
    ]
    order = {"urgent": 0, "open": 1, "quiet": 2}
    return tuple(sorted(found, key=lambda item: order[item.weight]))


def headline(known: Known, items: tuple[Waiting, ...]) -> str:
    """The answer as one sentence."""
    board = known.pool.cluster.next_board
    coming = board is not None and board >= known.on
    when = (
        f" before the board meets on {words.weekday(board, known.on)}" if coming and board else ""
    )
    if not items:
        rest = f" Next board: {words.day(board, known.on)}." if coming and board else ""
        return f"Nothing waits for a decision.{rest}"
    verb = "thing waits" if len(items) == 1 else "things wait"
    return f"{words.number_word(len(items))} {verb} for you{when}."


def context(known: Known) -> str:
    """One plain sentence: how the mix that was agreed stands today."""
    if known.latest is None:
        return "No mix has been agreed yet."
    when = words.day(decisions.made_on(known.latest), known.on)
    broken = decisions.holds_today(known.latest, known.pool)
    if broken:
        return f"The mix agreed on {when} no longer meets every rule."
    rules = len(active_rules(known.latest.scenario))
    return f"The mix agreed on {when} still holds: all {count(rules, 'rule')} are met."


def numbers(known: Known) -> tuple[mix.Number, ...]:
    """Four figures: money, payoff, what others add, initiatives on plan."""
    pool, answered = known.pool, known.answered
    currency = pool.cluster.currency
    found = [_money(known)]
    if answered is not None and answered.selection.value is not None:
        unit = value.unit(answered.scenario.objective)
        label = "Expected payoff" if unit == "money" else "Worth of the mix"
        shown = words.short_worth(answered.selection.value, unit, currency)
        found.append(mix.Number(label, shown, _against_agreed(known)))
        found.append(mix.other_money(answered))
    rows = known.slips.rows
    if rows:
        fine = len(known.slips.at(Verdict.ON_PLAN))
        slips = len(known.slips.at(*slipping.NEEDS_THE_BOARD))
        found.append(
            mix.Number("Initiatives on plan", f"{fine} of {len(rows)}", f"{slips} slipping")
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """A theme's share of the mix's money, 0 to 1, and the limits that the rules set."""

    theme: str
    share: float
    at_least: float | None
    at_most: float | None

    @property
    def inside(self) -> bool:
        """Whether it lies within its limits, to the sixth decimal."""
        low = self.at_least is None or self.share >= self.at_least - 1e-6
        return low and (self.at_most is None or self.share <= self.at_most + 1e-6)


def theme_shares(answered: Answered) -> tuple[ThemeShare, ...]:
    """Shares of the mix's grants by theme, in order of name; themes of no candidate are left out."""
    spend = answered.selection.spend
    by_theme = {project.theme or UNKNOWN: 0 for project in answered.pool.candidates}
    for project in answered.mix:
        by_theme[project.theme or UNKNOWN] += project.grant
    limits = [
        rule
        for rule in active_rules(answered.scenario)
        if isinstance(rule, Limit) and rule.attribute == "theme" and rule.measure == "money share"
    ]
    return tuple(
        ThemeShare(theme, by_theme[theme] / spend if spend else 0.0, *_limits(limits, theme))
        for theme in sorted(by_theme)
    )


def shares_finding(shares: tuple[ThemeShare, ...]) -> str:
    """What the shares show, for the heading above them."""
    outside = [share.theme for share in shares if not share.inside]
    if outside:
        verb = "is" if len(outside) == 1 else "are"
        return f"{listed(outside, most=2)} {verb} outside the limits"
    if any(share.at_least is not None or share.at_most is not None for share in shares):
        return "Every theme is inside its limits"
    largest = max(shares, key=lambda share: share.share)
    return f"{largest.theme} takes the most, {words.whole_percent(largest.share)}"


def _limits(rules: list[Limit], theme: str) -> tuple[float | None, float | None]:
    lows = [
        float(r.at_least) for r in rules if r.value in (EVERY, theme) and r.at_least is not None
    ]
    highs = [float(r.at_most) for r in rules if r.value in (EVERY, theme) and r.at_most is not None]
    return max(lows, default=None), min(highs, default=None)


def _money(known: Known) -> mix.Number:
    currency = known.pool.cluster.currency
    limit = known.pool.scenario.money
    if known.latest is not None and known.latest.selection.status.has_mix:
        of = "no limit" if limit is None else f"of {words.short_money(limit, currency)}"
        return mix.Number(
            "Agreed so far", words.short_money(known.latest.selection.spend, currency), of
        )
    if limit is None:
        return mix.Number("Proposals", f"{len(known.pool.candidates):,}", "no money limit")
    note = "nothing agreed"
    return mix.Number("Money to commit", words.short_money(limit, currency), note)


def _against_agreed(known: Known) -> str:
    latest, answered = known.latest, known.answered
    if (
        latest is None
        or answered is None
        or latest.scenario.objective != answered.scenario.objective
    ):
        return "of the best mix"
    if latest.selection.value is None or answered.selection.value is None:
        return "of the best mix"
    change = answered.selection.value - latest.selection.value
    unit = value.unit(answered.scenario.objective)
    amount = words.short_worth(abs(change), unit, known.pool.cluster.currency)
    return words.signed(amount, change) or "as agreed"


def _board_due(known: Known) -> str:
    board = known.pool.cluster.next_board
    if board is None:
        return ""
    return words.due(board, known.on)


def _slipping(known: Known, mark: words.Mark, safe: words.Mark) -> list[Waiting]:
    closing = known.slips.at(Verdict.CLOSE_OR_RESCUE)
    asking = known.slips.at(Verdict.ASK_FOR_A_PLAN)
    found = [
        Waiting(
            key=f"close.{row.project}",
            weight="urgent",
            headline=f"{safe(row.name)}: close it or rescue it",
            evidence=_evidence(known, row, safe),
            due=_board_due(known),
            screen="Review",
            button="Review it",
            project=row.project,
        )
        for row in closing
    ]
    if len(asking) == 1:
        row = asking[0]
        found.append(
            Waiting(
                f"plan.{row.project}",
                "open",
                f"{safe(row.name)}: ask for a plan",
                _evidence(known, row, safe),
                _board_due(known),
                "Review",
                "Review it",
                row.project,
            )
        )
    elif asking:
        names = listed((mark(row.name) for row in asking), most=3)
        found.append(
            Waiting(
                "plan",
                "open",
                f"{count(len(asking), 'initiative')} should bring a plan",
                f"{names} fall behind.",
                _board_due(known),
                "Review",
                "Review them",
            )
        )
    return found


def _evidence(known: Known, row: ProjectReview, safe: words.Mark) -> str:
    bad = row.signals_at(State.AGAINST)
    facts = listed((safe(signal.fact) for signal in bad), most=3)
    line = f"{count(len(bad), 'signal')} of {len(row.signals)} against it: {facts}."
    if row.unspent:
        line += f" Closing it would free {money(row.unspent, known.pool.cluster.currency)}."
    return line


def _agreed_mix(known: Known, mark: words.Mark, safe: words.Mark) -> list[Waiting]:
    if not known.pool.candidates:
        return []
    if known.latest is None:
        return _first_mix(known, safe)
    when = words.day(decisions.made_on(known.latest), known.on)
    broken = decisions.holds_today(known.latest, known.pool)
    if broken:
        more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
        return [
            Waiting(
                "broken",
                "urgent",
                f"The mix agreed on {when} no longer holds",
                f"{safe(broken[0])}{more}",
                _board_due(known),
                "Decisions",
                "Open the record",
            )
        ]
    answered = known.answered
    if answered is None or not answered.selection.status.has_mix:
        return []
    agreed = decisions.mix_of(known.latest, known.pool)
    if same(agreed, answered.as_chosen):
        return []
    change = decisions.mix_change(agreed, answered.as_chosen, mark)
    gain = _against_agreed(known)
    amount = f" It is worth {gain.removeprefix('+')} more." if gain.startswith("+") else ""
    return [
        Waiting(
            "better",
            "open",
            f"The best mix is another one than agreed on {when}",
            f"{change}{amount}",
            _board_due(known),
            "Mix",
            "See the mix",
        )
    ]


def _first_mix(known: Known, safe: words.Mark) -> list[Waiting]:
    proposals = count(len(known.pool.candidates), "proposal")
    answered = known.answered
    if answered is None:
        evidence = "The best mix is being worked out."
    else:
        evidence = f"{safe(mix.headline(answered))} {mix.certainty(answered)}."
    return [
        Waiting(
            "first",
            "open",
            f"No mix is agreed yet for the {proposals}",
            evidence,
            _board_due(known),
            "Mix",
            "See the mix",
        )
    ]


def _disagreement(known: Known, mark: words.Mark) -> list[Waiting]:
    found = agreement.agreement(known.pool)
    apart = [i for i in found.ordered if agreement.gap(found.cards[i]) > agreement.AGREED_WITHIN]
    if not apart:
        return []
    widest = found.cards[apart[0]]
    low, high = (
        (round(x) for x in (widest.spread.low, widest.spread.high)) if widest.spread else (0, 0)
    )
    name = mark(known.pool.project(widest.project).name)
    verb = "proposal" if len(apart) == 1 else "proposals"
    return [
        Waiting(
            "differ",
            "quiet",
            f"We judge {len(apart)} {verb} very differently",
            f"The widest gap is {name}: scores from {low} to {high} of 100.",
            _board_due(known),
            "Score",
            "Compare scores",
            widest.project,
        )
    ]


def _incomplete(known: Known, mark: words.Mark) -> list[Waiting]:
    lacking = dict(value.incomplete(known.pool, known.pool.scenario.objective))
    for project in known.pool.incomplete:
        lacking[project.id] = "its cost is not known"
    if not lacking:
        return []
    names = listed(
        (
            f"{mark(known.pool.project(i).name or i)} ({reason})"
            for i, reason in sorted(lacking.items())
        ),
        most=3,
    )
    verb = "lacks" if len(lacking) == 1 else "lack"
    return [
        Waiting(
            "incomplete",
            "quiet",
            f"{count(len(lacking), 'proposal')} {verb} what the mix is chosen by",
            f"{names}.",
            _board_due(known),
            "Projects",
            "Complete them",
        )
    ]
