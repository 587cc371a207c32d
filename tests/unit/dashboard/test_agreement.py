"""Where a board agrees: gaps, what counts as agreed, and one member's own sheet."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.services.agreement import agreement, context, gap, headline, means
from dashboard.services.judging import answers, chosen, judgements, sheet
from portfolio.cluster import Cluster
from portfolio.organization import Member
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.units import Calendar

PULL = Criterion("pull", "Pull", 100, (Anchor(0, 0, "nobody"), Anchor(10, 100, "a customer")))
TEAM = Criterion("team", "Team", 50, (Anchor(0, 0), Anchor(10, 100)))
SAID = {
    # Weights are 2/3 and 1/3: a scores 100 and 0 by its two judges, b 50 and 50.
    ("ada", "a"): (10, 10),
    ("bo", "a"): (0, 0),
    ("ada", "b"): (5, 5),
    ("bo", "b"): (5, 5),
}
POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
    projects=(Project("a", "Alpha", 1, 1), Project("b", "Beta", 1, 1), Project("c", "Gamma", 1, 1)),
    members=(Member("ada", "Ada"), Member("bo", "Bo"), Member("cy", "Cy")),
    criteria=(PULL, TEAM),
    judgements=tuple(
        Judgement(member, project, criterion, level)
        for (member, project), levels in SAID.items()
        for criterion, level in zip(("pull", "team"), levels, strict=True)
    ),
)


def test_the_widest_gap_stands_first_and_what_only_some_scored_is_left_out() -> None:
    found = agreement(POOL)
    assert found.ordered == ("a", "b")
    assert found.agreed == ("b",)
    assert [gap(found.cards[each]) for each in ("a", "b", "c")] == [100, 0, 0]


def test_the_answer_names_the_widest_gap_and_who_has_not_scored() -> None:
    found = agreement(POOL)
    assert (
        headline(found, str) == "We agree on 1 of 2. The widest gap is Alpha: scores from 0 to 100."
    )
    assert context(found).endswith("2 of 3 have scored; the picture will move.")


def test_other_swings_change_the_score() -> None:
    half = replace(
        POOL, judgements=(Judgement("ada", "a", "pull", 10), Judgement("ada", "a", "team", 0))
    )
    assert round(float(agreement(half).cards["a"].points or 0), 4) == 66.6667
    assert agreement(half, {"team": 100}).cards["a"].points == 50


def test_the_mean_of_each_criterion_is_over_what_is_scored() -> None:
    # Alpha and Beta both have a mean level of 5 on both: 50 points at weights 2/3 and 1/3.
    assert [round(float(mean or 0), 3) for mean in means(agreement(POOL))] == [33.333, 16.667]


@pytest.mark.parametrize(
    ("pool", "words"),
    [
        (replace(POOL, criteria=(), judgements=()), "There is nothing to score by yet."),
        (replace(POOL, judgements=()), "Nobody has scored yet."),
        (replace(POOL, judgements=POOL.judgements[4:]), "We agree on the one proposal."),
    ],
)
def test_a_board_that_has_not_scored_or_agrees_gets_its_own_sentence(
    pool: Pool, words: str
) -> None:
    assert headline(agreement(pool), str) == words


def test_answers_are_sentences_best_first_then_not_known_and_an_interest() -> None:
    options = answers(PULL, None)
    assert [each.words for each in options] == [
        "10: a customer",
        "0: nobody",
        "I do not know",
        "I have an interest in this proposal",
    ]
    assert chosen(options, Judgement("ada", "a", "pull", None)) == 2
    assert chosen(options, None) is None


def test_a_level_between_the_anchors_that_was_said_before_can_be_kept() -> None:
    said = Judgement("ada", "a", "pull", 7)
    options = answers(PULL, said)
    place = chosen(options, said)
    assert place is not None
    assert options[place].words == "7: as you said before"


def test_a_sheet_knows_what_is_left_to_say() -> None:
    mine = sheet(POOL, "ada")
    assert mine.done_projects == 2
    assert mine.first_open() == "c"
    assert sheet(POOL, "cy").first_open() == "a"


def test_an_interest_counts_for_the_whole_proposal_until_it_is_taken_back() -> None:
    mine = sheet(POOL, "cy")
    declared = judgements(mine, "a", PULL, answers(PULL, None)[-1])
    assert [(each.criterion, each.interest) for each in declared] == [
        ("pull", True),
        ("team", True),
    ]
    after = sheet(replace(POOL, judgements=(*POOL.judgements, *declared)), "cy")
    assert after.done("a")
    back = judgements(after, "a", PULL, answers(PULL, None)[0])
    assert [(each.criterion, each.level, each.interest) for each in back] == [
        ("pull", 10, False),
        ("team", None, False),
    ]
