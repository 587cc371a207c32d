"""The curve of a trade from its band and its front, and the words of a trade."""

from __future__ import annotations

from dashboard.services.curve import Known
from dashboard.services.trades import Spot, Trade, Traded, curve, exchange, suggested, trades
from optimizer import BandPoint, Front, FrontPoint, Gap, WorstOutcomes
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Selection, Status
from tests.support.worked_table import MICRO, worked_pool

LOSSES = Trade("losses", WorstOutcomes())
SPEND = Trade("spend", "spend")
PROJECTS = Trade("projects", "projects")


def point(second: int, value: int) -> FrontPoint:
    return FrontPoint(second, Selection(Status.OPTIMAL, value=value, bound=value))


def traded(*points: tuple[int, int], gaps: tuple[Gap, ...] = ()) -> Traded:
    band = tuple(BandPoint(s, 60, 120 - s) for s in range(0, 40, 10))
    front = Front(tuple(point(*one) for one in points), gaps)
    return Traded(Spot(0, 100), band, front)


def test_between_two_points_without_a_gap_no_mix_is_worth_more_than_the_second() -> None:
    known = {one.budget: one for one in curve(traded((0, 100), (30, 70)))}
    assert known[-10] == Known(-10, 70, 70)
    assert known[-20].exact


def test_in_a_gap_the_band_stands_between_what_is_known_on_both_sides() -> None:
    known = {one.budget: one for one in curve(traded((0, 100), (30, 70), gaps=(Gap(1, 30),)))}
    assert known[-10] == Known(-10, 70, 100)
    assert known[-20] == Known(-20, 70, 100)
    assert known[-30].exact


def test_a_good_mix_that_is_not_proven_raises_the_band() -> None:
    front = Front((point(0, 100), point(30, 70)), (Gap(1, 30),), (point(20, 90),))
    known = {one.budget: one for one in curve(Traded(Spot(0, 100), (), front))}
    assert known[-20] == Known(-20, 90, 100)


def test_half_of_the_range_without_gaps_is_half_of_the_work() -> None:
    assert traded((0, 100), (40, 70), gaps=(Gap(20, 40),)).share == 0.5
    assert traded((0, 100), (40, 70)).share == 1.0


def test_the_trade_suggested_gives_up_little_and_gains_most_of_all_such() -> None:
    assert suggested(traded((0, 100), (5, 99), (9, 98), (30, 60))) == Spot(9, 98)
    assert suggested(traded((0, 100), (9, 90), (30, 60))) == Spot(9, 90)
    assert suggested(Traded(Spot(0, 100), (), Front((point(0, 100),)))) is None


def test_before_any_exact_point_the_band_tells_a_trade_that_a_mix_is_known_for() -> None:
    band = (BandPoint(0, 100, 100), BandPoint(7, 99, 100), BandPoint(9, None, 90))
    assert suggested(Traded(Spot(0, 100), band)) == Spot(7, 99)


def said(trade: Trade, base: Spot, other: Spot) -> str:
    return exchange(trade, base, other, worked_pool(), Scenario())


def test_a_trade_is_one_sentence_in_money_and_percent() -> None:
    base, other = Spot(-50_00, 100 * MICRO), Spot(-20_00, 98 * MICRO)
    assert said(LOSSES, base, other) == (
        "Giving up 2\u00a0% of the worth, €2, makes the worst tenth of outcomes €30 better."
    )
    assert said(SPEND, base, other) == "Giving up 2\u00a0% of the worth, €2, saves €30."
    more = said(PROJECTS, Spot(4, 100 * MICRO), Spot(5, 98 * MICRO))
    assert more == "Giving up 2\u00a0% of the worth, €2, funds 1 more project."


def test_a_trade_for_nothing_and_no_trade_are_said_as_such() -> None:
    free = said(PROJECTS, Spot(4, 100 * MICRO), Spot(6, 100 * MICRO))
    assert free == "Without giving up any worth, another mix funds 2 more projects."
    same = said(PROJECTS, Spot(4, 100 * MICRO), Spot(4, 100 * MICRO))
    assert same == "This is as good as the mix we suggest, on both sides."


def test_the_aim_itself_and_what_nobody_knows_are_not_offered() -> None:
    pool = worked_pool()
    assert [one.id for one in trades(pool, Scenario())] == ["losses", "spend", "projects"]
    aims = [one.id for one in trades(pool, Scenario(objective=Objective(aim="benefit")))]
    assert aims == ["losses", "payoff", "spend", "projects"]
    assert [one.id for one in trades(Pool(pool.cluster), Scenario())] == ["spend", "projects"]
