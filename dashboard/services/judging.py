"""One member's own judgements: what is to be judged, what was said, and the answers to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portfolio.pool import Pool
from portfolio.scoring.criteria import Criterion, Judgement
from portfolio.scoring.measures import JUDGED

PLAIN_LEVELS = (0.0, 25.0, 50.0, 75.0, 100.0)
"""Offered where a criterion has no anchors: its levels then are values from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose. `level` None without `interest` is “I do not know”."""

    words: str
    level: float | None
    interest: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a member has said so far. `said` is by project and criterion."""

    pool: Pool
    member: str
    criteria: tuple[Criterion, ...]
    said: dict[tuple[str, str], Judgement]

    def has_interest(self, project_id: str) -> bool:
        """Whether the member declared an interest in the project on any criterion."""
        return any(
            self.said[project_id, criterion.id].interest
            for criterion in self.criteria
            if (project_id, criterion.id) in self.said
        )

    def done(self, project_id: str) -> bool:
        """Whether nothing is left to say of a project."""
        if self.has_interest(project_id):
            return True
        return all((project_id, criterion.id) in self.said for criterion in self.criteria)

    @property
    def done_projects(self) -> int:
        """How many proposals are done."""
        return sum(self.done(project.id) for project in self.pool.candidates)

    def first_open(self) -> str | None:
        """The first proposal with something left to say, None when all is said."""
        return next((p.id for p in self.pool.candidates if not self.done(p.id)), None)

    def first_open_criterion(self, project_id: str) -> int:
        """The place of the first criterion without an answer; the first of all when none is open."""
        places = (
            place
            for place, criterion in enumerate(self.criteria)
            if (project_id, criterion.id) not in self.said
        )
        return next(places, 0)


def sheet(pool: Pool, member: str) -> Sheet:
    """The sheet of a member."""
    said = {
        (entry.project, entry.criterion): entry
        for entry in pool.judgements
        if entry.member == member
    }
    criteria = tuple(each for each in pool.criteria if each.measure == JUDGED)
    return Sheet(pool, member, criteria, said)


def answers(criterion: Criterion, said: Judgement | None) -> tuple[Answer, ...]:
    """The answers of a criterion, best first, each a sentence; then “I do not know”, an interest.

    A level that was said before and is none of the anchors' stays among them.
    """
    levels = [(anchor.level, anchor.text, anchor.value) for anchor in criterion.anchors]
    if not levels:
        levels = [(level, "", level) for level in PLAIN_LEVELS]
    if said and said.level is not None and all(said.level != level for level, _, _ in levels):
        levels.append((said.level, "as you said before", _value_near(criterion, said.level)))
    ordered = sorted(levels, key=lambda entry: (-entry[2], -entry[0]))
    scale = tuple(
        Answer(f"{level:g}: {text}" if text else f"{level:g}", level) for level, text, _ in ordered
    )
    return (
        *scale,
        Answer("I do not know", None),
        Answer("I have an interest in this proposal", None, interest=True),
    )


def chosen(options: tuple[Answer, ...], said: Judgement | None) -> int | None:
    """The place of the answer that was given before, None when there was none."""
    if said is None:
        return None
    wanted = (said.level, said.interest)
    return next(
        (place for place, each in enumerate(options) if (each.level, each.interest) == wanted), None
    )


def judgements(
    sheet: Sheet, project_id: str, criterion: Criterion, given: Answer
) -> tuple[Judgement, ...]:
    """What an answer says. An interest counts for the whole proposal.

    An answer without one takes it back: what else was said of the proposal is then “I do not know”.
    """
    if given.interest:
        return tuple(
            Judgement(sheet.member, project_id, each.id, None, interest=True)
            for each in sheet.criteria
        )
    said = Judgement(sheet.member, project_id, criterion.id, given.level)
    others = (
        sheet.said.get((project_id, each.id)) for each in sheet.criteria if each.id != criterion.id
    )
    taken_back = (replace(other, interest=False) for other in others if other and other.interest)
    return (said, *taken_back)


def _value_near(criterion: Criterion, level: float) -> float:
    nearest = min(criterion.anchors, key=lambda anchor: abs(anchor.level - level))
    return nearest.value
