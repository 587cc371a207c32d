"""Core, borderline and exterior proposals in words: what may be nodded through, discussed, thanked."""

from __future__ import annotations

from dashboard.services.words import Mark
from optimizer import Ask, CoreIndex, Progress, Robustness
from optimizer.robustness import LOSS, UNSURE, Kind
from portfolio.pool import Pool
from portfolio.wording import count, percent

HEADS: dict[Kind, str] = {
    "core": "In every good mix",
    "borderline": "To discuss",
    "exterior": "In no good mix",
}
LEAST_TOLD, TENTHS = 0.01, 10
"""Points below which none are named, and from which on tenths are enough."""


def progress_words(report: object) -> str:
    """How far the draws are."""
    if isinstance(report, Progress) and report.of:
        return f"{report.done:,} of {report.of:,} ways to weigh the criteria are settled."
    return "Weighing the criteria in many ways."


def of_kind(found: Robustness, kind: Kind) -> list[CoreIndex]:
    """The proposals of a kind, the surest first."""
    chosen = [each for each in found.indices if each.kind == kind]
    return sorted(chosen, key=lambda each: (-each.index, each.project))


def whole(found: Robustness, draws: int) -> bool:
    """Whether nothing was cut short by time, so that the answer may be kept."""
    return found.method == "exact" or (
        found.draws == draws
        and found.mean_loss <= LOSS
        and all(each.at_most - each.at_least <= UNSURE + 1e-9 for each in found.indices)
    )


def headline(pool: Pool, found: Robustness) -> str:
    """How many need no discussion, and how many do."""
    if not found.indices:
        return "No mix meets all rules, so there is nothing to weigh."
    core, open_, out = (len(of_kind(found, kind)) for kind in ("core", "borderline", "exterior"))
    rest = count(open_, "is", "are") if open_ else "none is"
    seen = "" if whole(found, found.draws) else "In what was looked at before time ran out, "
    return (
        f"{seen}{core} of {count(len(pool.candidates), 'proposal')} belong in however the criteria are"
        f" weighed, {out} never do; {rest} worth the board's time."
    )


def basis(found: Robustness) -> str:
    """What the shares are shares of, and how sure they are."""
    told = (
        "The order of the criteria is agreed, how much each counts is not"
        if found.information.weights == "order"
        else f"Each weight may be {percent(found.information.width)} more or less than agreed"
    )
    scores = (
        ", and each score lies anywhere between the members' lowest and highest, each payoff between"
        " its low and high"
        if found.information.scores == "range"
        else ""
    )
    if found.method == "exact":
        mixes = count(found.mixes, "mix is", "mixes are")
        return (
            f"{told}{scores}. {mixes} better than any other for some of these; each was looked at."
        )
    band = max((each.at_most - each.at_least for each in found.indices), default=0.0)
    if not whole(found, found.draws):
        sure = f"time ran out, and a share may be off by up to {percent(band)}"
    else:
        sure = f"each share is sure to {percent(band)}" if band else "each share is exact for these"
    return (
        f"{told}{scores}. Out of {found.draws:,} ways to weigh them, drawn evenly,"
        f" {count(found.mixes, 'mix is', 'mixes are')} best for some; {sure}."
    )


def asked_for(pool: Pool, each: Ask) -> tuple[str, str, str]:
    """The number that is not known: weight or score, of which project ("" for a weight), on what."""
    criterion = next(c.name for c in pool.criteria if c.id == each.criterion)
    if not each.project:
        return "Weight", "", criterion
    return "Score", pool.project(each.project).name, criterion


def ask_next(pool: Pool, found: Robustness, name: Mark = str) -> str:
    """Which number to ask for next, and what it is worth; "" where there is no mix."""
    if not found.indices:
        return ""
    everything = points(found.knowing.perfect)
    if not found.knowing.asked:
        if not found.knowing.perfect:
            return "No number that is still open would change the mix: decide."
        return (
            "No number that is still open would change the mix by itself."
            f" Knowing everything would be worth {everything}."
        )
    best = found.knowing.asked[0]
    _, project, criterion = map(name, asked_for(pool, best))
    what = f"the score of {project} on “{criterion}”" if project else f"the weight of “{criterion}”"
    settles = round(best.settles)
    decides = f" and decides {count(settles, 'open place')}" if settles else ""
    return (
        f"Ask for {what} next: knowing it is worth {points(best.value)} on average{decides}."
        f" Knowing everything would be worth {everything}."
    )


def points(value: float) -> str:
    """Worth of knowing in points of the mix's score.

    >>> points(0.123456), points(12.34), points(0.0001), points(1.0)
    ('0.12 points', '12.3 points', 'under 0.01 points', '1 point')
    """
    if 0 < value < LEAST_TOLD:
        return f"under {LEAST_TOLD} points"
    text = f"{value:.2f}" if value < TENTHS else f"{value:,.1f}"
    text = text.rstrip("0").rstrip(".")
    return f"{text} {'point' if text == '1' else 'points'}"
