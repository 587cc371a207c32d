"""A decision as it was made: the question, the answer, the pool as it was, who, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection


@dataclass(frozen=True, slots=True)
class Decision:
    """A kept decision. It is never changed; a new one says otherwise.

    `at` is in UTC. `pool` is what was known on that day, so that anybody can ask again; lists of
    decisions leave it out (None). `fingerprint` covers everything here and `previous`, the
    fingerprint of the cluster's decision before it ("" for the first), so that none can be
    altered or taken out unseen. `pool_fingerprint` tells whether the data has changed since.
    """

    id: int
    cluster: str
    title: str
    who: str
    why: str
    at: datetime
    scenario: Scenario
    selection: Selection
    pool_fingerprint: str
    previous: str
    fingerprint: str
    pool: Pool | None = None
