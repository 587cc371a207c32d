"""One project against all others: the best mix that holds it, and the best that does without it."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.options import Watch
from optimizer.search import Found, Mix, Question, Search
from portfolio.funding.rules import Must, MustNot, Rule
from portfolio.scenario import Scenario, numbered_id, with_rules

FORCED = "forced"
"""Id of the rule that forces a project in or out, with a number no other rule has."""


def forcing(scenario: Scenario, project: str, *, inside: bool) -> Rule:
    """A rule that no other of the scenario is named like, by which a project is in, or out."""
    name = numbered_id(scenario, FORCED)
    return (Must if inside else MustNot)(id=name, projects=(project,))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best mix with the project, and the best without it, as far as they are known."""

    having: Found
    lacking: Found

    @property
    def inside(self) -> bool | None:
        """Whether a best mix holds the project; None when it is not certain.

        A mix with it that is worth as much as any without it settles it, and so does one without it
        that is worth more than any with it.
        """
        having, lacking = self.having, self.lacking
        if having.impossible:
            return False
        if lacking.impossible:
            return True if having.mix is not None else None
        if having.value is not None and _at_most(lacking, having.value):
            return True
        if lacking.value is not None and _at_most(having, lacking.value - 1):
            return False
        return None


def _at_most(found: Found, value: int) -> bool:
    bound = found.value if found.proven else found.bound
    return bound is not None and bound <= value


class Duel:
    """A project and a question, to be asked with it and without it under changed scenarios."""

    def __init__(self, question: Question, project: str, watch: Watch) -> None:
        self.question = question
        self.project = project
        self.watch = watch

    def having(self, scenario: Scenario) -> Question:
        """The question under a scenario in which the project must be in."""
        return self.question.under(with_rules(scenario, self._forced(scenario, inside=True)))

    def lacking(self, scenario: Scenario) -> Question:
        """The question under a scenario in which the project must stay out."""
        return self.question.under(with_rules(scenario, self._forced(scenario, inside=False)))

    def both(self, scenario: Scenario) -> Verdict:
        """The best mix under a scenario with the project, and the best without it."""
        return Verdict(self.best(self.having(scenario)), self.best(self.lacking(scenario)))

    def verdict(self, scenario: Scenario) -> Verdict:
        """Whether a best mix under a scenario holds the project; where none can, no other is sought."""
        having = self.best(self.having(scenario))
        if having.impossible:
            return Verdict(having, Found(None, None, None, proven=False))
        return Verdict(having, self.best(self.lacking(scenario)))

    def best(self, question: Question, *, ties: bool = False) -> Found:
        """The best mix of a question; with `ties` the first of those that are worth as much."""
        return Search(question, self.watch.silent()).best(ties=ties)

    def worth(self, question: Question, least: int | None) -> tuple[Mix | None, bool]:
        """A mix worth at least so much, any mix for None; or none, and whether that is proven."""
        mix, none = Search(question, self.watch.silent()).worth_at_least(least)
        return mix, mix is not None or none

    def _forced(self, scenario: Scenario, *, inside: bool) -> Rule:
        return forcing(scenario, self.project, inside=inside)
