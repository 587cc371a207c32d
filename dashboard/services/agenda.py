"""The board's agenda: what is agreed as a block, what is discussed and for how long, what is set aside."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.services.robustness import of_kind
from optimizer import CoreIndex, Robustness
from portfolio.pool import Pool
from portfolio.wording import count

BLOCK, ASIDE, READ_BACK = 10, 5, 5
"""Minutes to agree the block, to set proposals aside with reasons, to read the decision back."""
LEAST = 2
"""Minutes in which a proposal can be talked about at all."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Core indices sorted for a meeting: the closest calls come first among those to discuss."""

    agree: tuple[CoreIndex, ...]
    discuss: tuple[CoreIndex, ...]
    aside: tuple[CoreIndex, ...]


def agenda(found: Robustness) -> Agenda:
    """The proposals by what the board has to do with them."""
    between = sorted(
        of_kind(found, "borderline"), key=lambda each: (abs(each.index - 0.5), each.project)
    )
    return Agenda(tuple(of_kind(found, "core")), tuple(between), tuple(of_kind(found, "exterior")))


def headline(plan: Agenda) -> str:
    """What to do with all of them, in one sentence."""
    agree, discuss, aside = len(plan.agree), len(plan.discuss), len(plan.aside)
    if not discuss:
        return "Every sensible mix is the same. Agree it in ten minutes."
    if not agree and not aside:
        return "Nothing is settled yet: every proposal depends on the weights. Score first."
    parts = []
    if agree:
        parts.append(f"agree {agree} as one block" if agree > 1 else "agree one at once")
    if aside:
        parts.append(f"set {aside} aside")
    rest = (
        f"spend the meeting on the {discuss} between" if discuss > 1 else "discuss the one between"
    )
    sentence = ", ".join([*parts, f"and {rest}"])
    return f"{sentence[0].upper()}{sentence[1:]}."


def running_order(plan: Agenda, minutes: int, number: int) -> list[tuple[str, str]]:
    """What comes when, and how long each may take."""
    rows = []
    fixed = READ_BACK
    if plan.agree:
        rows.append(("Agree the block", f"{BLOCK} min"))
        fixed += BLOCK
    if plan.aside:
        fixed += ASIDE
    if number:
        each = (minutes - fixed) / number
        words = f"{each:.0f} min each" if each >= LEAST else f"too short: {LEAST} min each at least"
        rows.append((f"Discuss {count(number, 'proposal')}", words))
    if plan.aside:
        rows.append(("Set aside, with reasons", f"{ASIDE} min"))
    return [*rows, ("Read the decision back", f"{READ_BACK} min")]


def turns_on(pool: Pool, each: CoreIndex) -> str:
    """What decides about a proposal, as far as the weights tell."""
    name = next((c.name for c in pool.criteria if c.id == each.turns_on), "")
    if not name:
        return "On several weights together" if each.kind == "borderline" else ""
    return f"{'In' if each.favors else 'Out'} if “{name}” counts more"
