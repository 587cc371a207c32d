"""Score: where the board agrees, other weights, one's own scores, and the four parts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.store import Store
from portfolio.project import ProjectStatus
from tests.support.clusters import acting, hostile, large
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"
GIVE, PARTS = "Give my scores", "Four parts"


def at_view(visit: Visitor, view: str, cluster: str = CLUSTER) -> Visit:
    """The page by a link to one of its views."""
    page = visit()
    page.at.query_params["score.view"] = view
    return page.open("score", cluster=cluster)


@pytest.mark.usefixtures("store_url")
def test_the_answer_says_on_how_many_we_agree_and_names_the_widest_gap(visit: Visitor) -> None:
    page = visit().open("score")
    assert page.errors == []
    assert "The widest gap is Convoy of small ferries: scores from 0 to 100." in page.text
    table = page.at.dataframe[0].value
    assert list(table["Apart"]) == sorted(table["Apart"], reverse=True)
    assert len(page.at.get("plotly_chart")) == 2


@pytest.mark.usefixtures("store_url")
def test_names_stay_hidden_until_the_chair_shows_them(visit: Visitor) -> None:
    page = visit().open("score")
    assert "Names are hidden." in page.text
    assert not any("Maren Oldsen" in str(chart.spec) for chart in page.at.get("plotly_chart"))
    page.at.session_state["app.seen.person.member"] = "maren-oldsen"
    page.at.run()
    assert not any("Sofie Lund" in str(chart.spec) for chart in page.at.get("plotly_chart"))
    page.at.toggle(key="score.names").set_value(True).run()
    assert any("Sofie Lund" in str(chart.spec) for chart in page.at.get("plotly_chart"))


def test_other_weights_are_tried_then_saved_for_everybody(visit: Visitor, store: Store) -> None:
    page = visit().open("score")
    slider = next(each for each in page.at.slider if each.label == "Team")
    slider.set_value(100).run()
    assert "nothing is saved yet" in page.text
    assert store.pool(CLUSTER).criteria[2].swing == 60
    page.click("Save these weights")
    assert store.pool(CLUSTER).criteria[2].swing == 100
    page.click("Undo")
    assert store.pool(CLUSTER).criteria[2].swing == 60


def test_a_member_scores_one_criterion_a_screen_and_each_answer_is_saved_at_once(
    visit: Visitor, store: Store
) -> None:
    pool = store.pool(CLUSTER)
    empty = replace(pool, judgements=(), cluster=replace(pool.cluster, id="fresh", name="Fresh"))
    store.create_cluster(empty, "Anna")
    page = at_view(visit, GIVE, "fresh")
    assert "Choose your name to begin." in page.text
    page.at.selectbox(key="score.person").set_value("sofie-lund").run()
    assert "Harbor air watch · 1 of 5" in page.text
    page.click("Save and next")
    assert "Choose an answer first." in page.text
    page.at.radio[0].set_value(0).run()
    page.click("Save and next")
    (said,) = store.pool("fresh").judgements
    assert (said.member, said.criterion, said.level) == ("sofie-lund", "pull", 9)
    assert store.changes("fresh", 1)[0].who == "Sofie Lund"
    assert "Harbor air watch · 2 of 5" in page.text
    page.click("Back")
    assert "Harbor air watch · 1 of 5" in page.text
    assert page.at.radio[0].value == 0


def test_i_do_not_know_and_an_interest_are_answers(visit: Visitor, store: Store) -> None:
    pool = store.pool(CLUSTER)
    empty = replace(pool, judgements=(), cluster=replace(pool.cluster, id="fresh", name="Fresh"))
    store.create_cluster(empty, "Anna")
    page = at_view(visit, GIVE, "fresh")
    page.at.selectbox(key="score.person").set_value("sofie-lund").run()
    options = page.at.radio[0].options
    page.at.radio[0].set_value(len(options) - 2).run()
    page.click("Save and next")
    assert [(said.level, said.interest) for said in store.pool("fresh").judgements] == [
        (None, False)
    ]
    page.at.radio[0].set_value(len(options) - 1).run()
    page.click("Save and next")
    assert all(said.interest for said in store.pool("fresh").judgements)
    assert "Harbor air watch" not in [head.value for head in page.at.header]
    assert "1 of 43 proposals done." in page.text


@pytest.mark.usefixtures("store_url")
def test_the_four_parts_stand_in_one_table_and_a_link_keeps_the_quadrant(visit: Visitor) -> None:
    page = visit()
    page.at.query_params["score.view"] = PARTS
    page.at.query_params["score.quadrant"] = "pearl"
    page.open("score")
    table = page.at.dataframe[0].value
    assert set(table["Quadrant"]) == {"pearl"}
    assert "we have" in page.text


def test_nobody_has_scored_and_nothing_to_score_have_their_own_sentences(
    visit: Visitor, store: Store
) -> None:
    pool = store.pool(CLUSTER)
    quiet = replace(pool, judgements=(), cluster=replace(pool.cluster, id="quiet", name="Quiet"))
    store.create_cluster(quiet, "Anna")
    assert "Nobody has scored yet." in visit().open("score", cluster="quiet").text
    store.create_cluster(large(30), "Anna")
    assert "There is nothing to score by yet." in visit().open("score", cluster="large").text
    running = tuple(p for p in pool.projects if p.status is not ProjectStatus.PROPOSAL)
    bare = replace(quiet, projects=running, cluster=replace(pool.cluster, id="bare", name="Bare"))
    store.create_cluster(bare, "Anna")
    assert "No proposals yet." in visit().open("score", cluster="bare").text


def test_hostile_criteria_and_names_show_as_typed(visit: Visitor, store: Store) -> None:
    store.create_cluster(hostile(), "Anna")
    for view in ("Where we agree", GIVE, PARTS):
        page = at_view(visit, view, "hostile")
        if view == GIVE:
            page.at.selectbox(key="score.person").set_value("m").run()
        assert page.errors == []
        raw = [str(each.value) for each in (*page.at.markdown, *page.at.caption)]
        raw += [each.label for each in (*page.at.radio, *page.at.slider)]
        assert acting(raw) == []
