"""What would clear a signal of the review: one sentence, with the limit that it has to reach."""

from __future__ import annotations

from portfolio.review.signal import DEFAULT_LIMITS, Limits, Signal, State
from portfolio.wording import percent


def clears(signal: Signal, limits: Limits = DEFAULT_LIMITS) -> str:
    """What has to happen until the signal is fine; "" for one that is."""
    if signal.state is State.FINE:
        return ""
    known = signal.state is not State.NOT_KNOWN
    match signal.name:
        case "pace" if known:
            pace = percent(limits.pace_closer)
            return (
                f"A report with at least {pace} of the planned pace, or a later end that the "
                "board agrees to."
            )
        case "pace":
            return "A report that tells how much of the work is done."
        case "gate" if known:
            return "The gate is passed, or the board agrees to a later day for it."
        case "gate":
            return "A gate with a day, written into the project."
        case "spending" if known:
            return "A report in which work done and money spent match, or a larger grant."
        case "spending":
            return "A report that tells what is spent."
        case "reports" if known:
            return f"A report rated green, not older than {limits.silence_closer} days."
        case "reports":
            return "A first report."
        case "partners" if known:
            return "Another partner takes the place of the one that left."
        case _:
            return "The names of its partners, written into the project."
