"""Good mixes for many totals at once, gathered around the relaxation's optima and filled up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from optimizer.around import Flags, Numbers, around
from optimizer.guesses import Guess, Tangents
from optimizer.model import Floats, sparse
from optimizer.near import Mix
from optimizer.nearest import nearest
from optimizer.rounding import Filler
from optimizer.solver import Point
from optimizer.topping import topped
from optimizer.warm import Warm

TURNED, MORE_TURNED = 10, 12
"""So many projects are turned round at an optimum, and where that gave nothing."""
FEW = 8
"""With so few optima, rates between them are tried too."""
TOPPED, SHARE = 8, 16
"""So many projects are tried when a mix is filled up, and one more for so many there are."""
MOST_PAID = 20
MOST_LISTED = 2_000
WHOLE = 0.999


def gathered(warm: Warm, made: Sequence[Guess], limits: Floats, known: Tangents) -> None:
    """Try mixes around the relaxation's optima at all totals; then what those, or the optima
    themselves, can be filled up to."""
    losses = warm.losses(known.rates)
    gaps = len(known.points) - 1
    tried = [*range(gaps), *(range(2 * gaps, 3 * gaps) if gaps < FEW else ()), len(losses) - 1]
    held = _taken(warm, made, limits, losses[tried] > 0, losses[tried], TURNED)
    room = np.repeat(warm.still[None, :], len(made), axis=0)
    room[:, warm.numbers] = limits
    start = _start(warm, made, room, known, held)
    gains = np.where(warm.worth > 0, losses, -np.inf)[known.least]
    steps = TOPPED + len(warm.worth) // SHARE
    more = topped(warm.rows, room - start @ warm.rows.T, start, gains, steps)
    grown = np.flatnonzero((more != held).any(axis=1))
    for place, one in zip(grown.tolist(), warm.counted(more[grown]), strict=True):
        made[place].take(one)


def searched(warm: Warm, made: Sequence[Guess], limits: Floats) -> None:
    """Search harder where no mix was found, and try those around what turns up.

    By halving: where nothing turns up, less money is not looked at any more.
    """
    bare = [place for place, guess in enumerate(made) if guess.value is None]
    if not bare:
        return
    ladder = made[0].ladder
    filler = Filler(sparse(ladder.rows, ladder.width), ladder.worth)
    while bare:
        middle = len(bare) // 2
        guess = made[bare[middle]]
        point = warm.solve(guess.rungs)
        if point is not None:
            losses = warm.losses(point.rates[None, :])
            for found in (_grown(filler, warm, guess, point), _listed(warm, guess)):
                if guess.value is None and (base := list(found)):
                    few = [made[place] for place in bare]
                    same = np.repeat(losses, len(base), axis=0)
                    _taken(warm, few, limits[bare], np.array(base), same, MORE_TURNED)
        half = bare[middle + 1 :] if guess.value is None else bare[:middle]
        bare = [place for place in half if made[place].value is None]


def _taken(
    warm: Warm,
    made: Sequence[Guess],
    limits: Floats,
    base: Flags,
    losses: Floats,
    turned: int,
) -> Flags:
    """Try mixes around some at every total; those taken, shape (totals, columns).

    A mix is tried from the first total on that has what it takes. The best of those that fit is
    counted again in whole numbers; where it cannot be paid after all, the next ones are.
    """
    close = around(warm.worth, warm.rows, warm.still, warm.numbers, base, losses, turned)
    first = _first_that_has(limits, close.used)
    # Of mixes by falling worth, those that are best at some total come first the earliest.
    before = np.minimum.accumulate(np.concatenate([[len(made)], first[:-1]]))
    best = np.flatnonzero(first < before)
    mixes = close.mixes(best)
    held = np.zeros((len(made), base.shape[1]), dtype=np.bool_)
    spans = zip(first[best].tolist(), before[best].tolist(), strict=True)
    for number, ((begin, end), one) in enumerate(zip(spans, warm.counted(mixes), strict=True)):
        held[begin:end] = mixes[number]
        for place in range(begin, end):
            if not made[place].take(one) and made[place].value is None:
                few = np.flatnonzero(first <= place)[:MOST_PAID]
                any(made[place].take(other) for other in warm.counted(close.mixes(few)))
    return held


def _first_that_has(limits: Floats, used: Floats) -> Numbers:
    """The first place from which on each mix's use stays within the limits; their number for none."""
    first = np.zeros(len(used), dtype=np.intp)
    lowest = np.minimum.accumulate(limits[::-1], axis=0)[::-1]
    for limit, use in zip(lowest.T, used.T, strict=True):
        np.maximum(first, np.searchsorted(limit, use), out=first)
    return first


def _start(warm: Warm, made: Sequence[Guess], room: Floats, known: Tangents, held: Flags) -> Flags:
    """What to fill up at each total: the mix taken, or what is whole in an optimum with less money.

    That which is worth more together with what the room it leaves is worth.
    """
    below = np.searchsorted([*known.points], np.arange(len(made)), side="right") - 1
    whole = np.array([point.x > WHOLE for point in known.points.values()])[below]
    rates = known.rates[known.least]
    taken, other = (
        mixes @ warm.worth + ((room - mixes @ warm.rows.T) * rates).sum(axis=1)
        for mixes in (held, whole)
    )
    bare = np.array([guess.value is None for guess in made])
    return np.where((bare | (other > taken))[:, None], whole, held)


def _listed(warm: Warm, guess: Guess) -> Iterator[Flags]:
    """The best of the mixes listed near the relaxation's optimum, if there is one."""
    question = guess.ladder.question(guess.asked, guess.rungs)
    close = nearest(warm, guess.rungs, question.cut, None, MOST_LISTED)
    if close.mix is not None:
        yield _flags(close.mix, guess)


def _grown(filler: Filler, warm: Warm, guess: Guess, point: Point) -> Iterator[Flags]:
    """Mixes grown from the relaxation's optimum; they may break a rule."""
    worth = guess.ladder.worth
    order = sorted(range(len(worth)), key=lambda j: (-point.x[j], -worth[j], j))
    limits = warm.still.copy()
    limits[warm.numbers] = guess.rungs
    for least in (WHOLE, 0.5):
        start = [j for j in order if point.x[j] >= least]
        yield _flags(filler.fill(limits, start, order, frozenset()), guess)


def _flags(mix: Mix, guess: Guess) -> Flags:
    held = np.zeros(guess.ladder.width, dtype=np.bool_)
    held[list(mix)] = True
    return held
