"""Settings: rules and funders as a draft with its effect, criteria, the cluster, and the log."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from data.store import Store
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    DeMinimis,
    LeaderLoad,
    Limit,
    LossWeight,
    NewTies,
    PayoffReserve,
    Synergy,
)
from portfolio.funding.sources import Rate
from portfolio.scenario import Scenario
from tests.support.clusters import acting, hostile
from tests.support.visits import Visit

Visitor = Callable[[], Visit]
CLUSTER = "halm-maritime"


def at_view(visit: Visitor, view: str, cluster: str = CLUSTER) -> Visit:
    """The page by a link to one of its views."""
    page = visit()
    page.at.query_params["settings.view"] = view
    return page.open("settings", cluster=cluster)


def standing(store: Store) -> Scenario:
    """The standing question as it is stored now."""
    return store.pool(CLUSTER).scenario


def button(page: Visit, label: str, place: int = 0) -> None:
    """Press one of the buttons with a label."""
    [each for each in page.at.button if each.label == label][place].click().run()
    page.settle()


def number(page: Visit, label: str) -> float | None:
    """What stands in the number field with this label."""
    return next(each for each in page.at.number_input if each.label == label).value


def test_each_rule_is_a_sentence_with_its_origin(visit: Visitor, store: Store) -> None:
    page = visit().open("settings")
    assert page.errors == []
    assert "All 19 rules hold" in page.text
    sentences = [toggle.label.replace("\\", "") for toggle in page.at.toggle]
    assert "At least 20\u00a0% of the money to newcomers" in sentences
    assert "Board decision of March 2026" in page.text


def test_switching_a_rule_off_shows_what_it_does_before_it_is_saved(
    visit: Visitor, store: Store
) -> None:
    before = standing(store)
    page = visit().open("settings")
    next(each for each in page.at.toggle if "newcomers" in each.label).set_value(False).run()
    page.settle()
    assert "1 change not saved yet." in page.text
    assert "With them:" in page.text
    assert "The mix is worth" in page.text
    assert standing(store) == before
    page.click("Save for everybody")
    assert standing(store).off == ("newcomers",)
    page.click("Undo")
    assert standing(store) == before


def test_a_rule_is_edited_in_its_form(visit: Visitor, store: Store) -> None:
    page = visit().open("settings")
    page.at.button(key="settings.edit.one-organization").click().run()
    page.settle()
    assert number(page, "At most") == 15
    next(each for each in page.at.number_input if each.label == "At most").set_value(40.0).run()
    page.click("Put it into the draft")
    page.click("Save for everybody")
    rule = next(rule for rule in standing(store).rules if rule.id == "one-organization")
    assert isinstance(rule, Limit)
    assert (rule.at_most, rule.origin) == (Decimal("0.4"), "Statutes, article 9")
    assert [each.id for each in standing(store).rules].index("one-organization") == 2


def test_a_rule_is_added_and_removed_and_a_faulty_form_says_what_is_wrong(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("settings")
    rules = standing(store).rules
    page.click("Add a rule…")
    page.click("Put it into the draft")
    assert "Write at least one of the two." in page.text
    next(each for each in page.at.number_input if each.label == "At most").set_value(99.0).run()
    page.click("Put it into the draft")
    page.click("Save for everybody")
    assert len(standing(store).rules) == len(rules) + 1
    page.at.button(key=f"settings.remove.{standing(store).rules[-1].id}").click().run()
    page.settle()
    page.click("Save for everybody")
    assert standing(store).rules == rules


def test_rules_that_clash_are_said_before_they_are_saved(visit: Visitor, store: Store) -> None:
    page = visit().open("settings")
    page.click("Add a rule…")
    next(each for each in page.at.selectbox if each.label == "Of").set_value("all").run()
    next(each for each in page.at.selectbox if each.label == "Counted in").set_value(
        "projects"
    ).run()
    next(each for each in page.at.number_input if each.label == "At most").set_value(1.0).run()
    page.click("Put it into the draft")
    assert "With these changes no mix meets all rules." in page.text


def test_envelopes_are_edited_by_period(visit: Visitor, store: Store) -> None:
    page = at_view(visit, "Funders")
    key = next(key for key in page.at.session_state if key.startswith("settings.envelopes"))
    page.at.session_state[key] = {
        "edited_rows": {0: {"2027 H1": 300000.0}},
        "added_rows": [],
        "deleted_rows": [],
    }
    page.at.run()
    page.click("Put the amounts into the draft")
    assert "Halm Region: €850,000, now €890,000." in page.text
    page.click("Save for everybody")
    assert standing(store).sources[0].budgets[0] == 300_000_00


def test_a_funder_is_added_edited_and_removed(visit: Visitor, store: Store) -> None:
    page = at_view(visit, "Funders")
    funders = standing(store).sources
    page.click("Add a funder…")
    page.click("Put it into the draft")
    assert "Give the funder a name." in page.text
    next(each for each in page.at.text_input if each.label == "Name").set_value("Harbor levy")
    next(each for each in page.at.multiselect if each.label == "Only these themes").set_value(
        ["Skills"]
    )
    page.click("Put it into the draft")
    page.click("Save for everybody")
    added = standing(store).sources[-1]
    assert (added.name, added.themes, added.total) == ("Harbor levy", ("Skills",), 0)
    page.at.selectbox(key="settings.funder").set_value(added.id).run()
    page.click("Remove the funder")
    page.click("Save for everybody")
    assert standing(store).sources == funders


def test_somebody_elses_change_in_between_is_said_and_both_are_kept(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("settings")
    next(each for each in page.at.toggle if "newcomers" in each.label).set_value(False).run()
    page.settle()
    before = standing(store)
    theirs = replace(before, rules=tuple(r for r in before.rules if r.id != "one-organization"))
    store.save_standing_scenario(CLUSTER, theirs, "Anna")
    page.at.run()
    page.settle()
    assert "Somebody else has changed the rules or funders since you began." in page.text
    assert "Their changes are kept; saving adds yours." in page.text
    assert "1 change not saved yet." in page.text
    page.click("Save for everybody")
    assert standing(store) == replace(theirs, off=("newcomers",))


def test_where_two_changed_the_same_rule_it_is_said_whose_will_stand(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("settings")
    page.at.button(key="settings.remove.one-organization").click().run()
    page.settle()
    before = standing(store)
    ours = next(rule for rule in before.rules if rule.id == "one-organization")
    assert isinstance(ours, Limit)
    theirs = replace(
        before,
        rules=tuple(
            replace(ours, at_most=Decimal("0.33")) if rule == ours else rule
            for rule in before.rules
        ),
    )
    store.save_standing_scenario(CLUSTER, theirs, "Anna")
    page.at.run()
    page.settle()
    assert "except where both of you changed the same: At most 33\N{NO-BREAK SPACE}%" in page.text
    next(each for each in page.at.toggle if "newcomers" in each.label).set_value(False).run()
    page.settle()
    assert "except where both of you changed the same" in page.text
    page.click("Drop the changes")
    assert standing(store) == theirs


def test_a_criterion_is_edited_with_its_answers(visit: Visitor, store: Store) -> None:
    page = at_view(visit, "Criteria")
    page.click("Edit the criterion")
    next(each for each in page.at.text_input if each.label == "Name").set_value("A customer waits")
    key = next(key for key in page.at.session_state if key.startswith("settings.anchors"))
    page.at.session_state[key] = {
        "edited_rows": {0: {"In words": "nobody at all"}},
        "added_rows": [{"Level": 10, "Value": 100, "In words": "ten have signed"}],
        "deleted_rows": [],
    }
    page.click("Save the criterion")
    first = store.pool(CLUSTER).criteria[0]
    assert first.name == "A customer waits"
    assert first.anchors[0].text == "nobody at all"
    assert first.anchors[-1].text == "ten have signed"
    page.click("Undo")
    assert store.pool(CLUSTER).criteria[0].name == "Somebody waits for it"


def test_the_cluster_its_board_day_and_the_person_are_chosen_here(
    visit: Visitor, store: Store
) -> None:
    page = at_view(visit, "Cluster")
    page.at.selectbox(key="settings.person").set_value("sofie-lund").run()
    next(each for each in page.at.text_input if each.label == "Name").set_value("Halm and bay")
    page.click("Save the cluster")
    assert store.pool(CLUSTER).cluster.name == "Halm and bay"
    assert store.changes(CLUSTER, 1)[0].who == "Sofie Lund"
    page.at.selectbox(key=f"settings.cluster.{CLUSTER}").set_value("weidenau-food").run()
    page.settle()
    assert page.at.query_params["cluster"] in ("weidenau-food", ["weidenau-food"])


def test_the_log_tells_who_did_what_and_takes_it_back(visit: Visitor, store: Store) -> None:
    pool = store.pool(CLUSTER)
    store.save_criteria(CLUSTER, pool.criteria[:2], "Anna")
    page = at_view(visit, "Changes")
    assert "Anna removed the criterion Team" in page.text
    button(page, "Undo")
    assert store.pool(CLUSTER).criteria == pool.criteria


def test_without_a_cluster_one_can_be_added(visit: Visitor, empty_store: Store) -> None:
    page = visit().open("settings")
    assert page.errors == []
    next(each for each in page.at.text_input if each.label.startswith("Name")).set_value("Nord")
    page.click("Add the cluster")
    assert [cluster.name for cluster in empty_store.clusters()] == ["Nord"]


def test_hostile_rules_and_names_show_as_typed(visit: Visitor, store: Store) -> None:
    store.create_cluster(hostile(), "Anna")
    for view in ("Rules", "Funders", "Criteria", "Cluster", "Changes"):
        page = at_view(visit, view, "hostile")
        assert page.errors == []
        raw = [str(each.value) for each in (*page.at.markdown, *page.at.caption)]
        raw += [each.label for each in page.at.toggle]
        assert acting(raw) == []


def test_a_cluster_without_a_board_can_be_given_one(visit: Visitor, store: Store) -> None:
    store.save_members(CLUSTER, (), "Anna")
    page = at_view(visit, "Cluster")
    assert "on our side" not in page.text
    assert "The board" in page.text


def pick(page: Visit, label: str, value: object) -> None:
    """Choose in the select box with this label."""
    next(each for each in page.at.selectbox if each.label == label).set_value(value).run()


def write(page: Visit, label: str, value: float) -> None:
    """Write into the number field with this label."""
    next(each for each in page.at.number_input if each.label == label).set_value(value).run()


def test_a_funder_is_given_rates_and_a_fee_and_its_rule_can_be_switched_off(
    visit: Visitor, store: Store
) -> None:
    before = standing(store).sources[0]
    page = at_view(visit, "Funders")
    page.at.selectbox(key="settings.funder").set_value(before.id).run()
    page.click("Edit the funder")
    for label, rate in (
        ("Large firms", 50.0),
        ("All without a rate of their own", 80.0),
        ("Kept for administration, % of its money", 4.0),
    ):
        next(each for each in page.at.number_input if each.label == label).set_value(rate)
    page.click("Put it into the draft")
    page.click("Save for everybody")
    after = standing(store).sources[0]
    rates = (Rate("large", Decimal("0.5")), Rate("*", Decimal("0.8")))
    assert after == replace(before, rates=rates, fee=Decimal("0.04"))
    page = at_view(visit, "Funders")
    assert "at most 50\u00a0% where a large firm leads and 80\u00a0% otherwise" in page.text
    page = visit().open("settings")
    page.at.toggle(key="settings.on.co-funding.True").set_value(False).run()
    page.settle()
    page.click("Save for everybody")
    assert standing(store).off == ("co-funding",)
    keys = [each.key for each in page.at.button]
    assert "settings.edit.co-funding" not in keys
    assert "settings.remove.co-funding" not in keys


def test_a_condition_an_aid_ceiling_and_a_load_are_added_in_their_forms(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("settings")
    number_of = len(standing(store).rules)
    pick(page, "Another rule about", "admission")
    page.click("Add a rule…")
    pick(page, "Of each project", "grant share")
    write(page, "At most, %", 95.0)
    assert "It reads: Each project has at most 95\u00a0% of its cost as grant." in page.text
    page.click("Put it into the draft")
    pick(page, "Another rule about", "de minimis")
    page.click("Add a rule…")
    key = next(key for key in page.at.session_state if key.startswith("settings.rule.granted"))
    page.at.session_state[key] = {
        "edited_rows": {},
        "added_rows": [
            {"Organization": "Holm Lines", "Granted on": "2025-03-01", "Amount": 120000.0}
        ],
        "deleted_rows": [],
    }
    page.at.run()
    page.click("Put it into the draft")
    pick(page, "Another rule about", "leader load")
    page.click("Add a rule…")
    write(page, "At most so many projects at a time", 3)
    page.click("Put it into the draft")
    assert page.errors == []
    page.click("Save for everybody")
    new = standing(store).rules[number_of:]
    assert new == (
        Admission(id="admission", measure="grant share", at_most=Decimal("0.95")),
        DeMinimis(
            id="de-minimis",
            granted=(AidGrant("holm-lines", date(2025, 3, 1), 120_000_00),),
        ),
        LeaderLoad(id="leader-load", at_most=3),
    )


def test_a_synergy_and_new_ties_are_added_edited_and_switched_off(
    visit: Visitor, store: Store
) -> None:
    page = visit().open("settings")
    pick(page, "Another rule about", "synergy")
    page.click("Add a rule…")
    chosen = next(each for each in page.at.multiselect if each.label == "These together")
    chosen.set_value(["ice-radar", "buoy-service"]).run()
    worth = next(each.label for each in page.at.number_input if each.label.startswith("Worth"))
    write(page, worth, -2.5)
    page.click("Put it into the draft")
    pick(page, "Another rule about", "new ties")
    page.click("Add a rule…")
    write(page, worth, 1.0)
    page.click("Put it into the draft")
    page.click("Save for everybody")
    assert standing(store).rules[-2:] == (
        Synergy(id="synergy", projects=("ice-radar", "buoy-service"), worth=Decimal("-2.5")),
        NewTies(id="new-ties", worth=Decimal(1)),
    )
    page.at.button(key="settings.edit.synergy").click().run()
    write(page, worth, 4.0)
    page.click("Put it into the draft")
    page.at.toggle(key="settings.on.new-ties.True").set_value(False).run()
    page.settle()
    page.click("Save for everybody")
    assert standing(store).rules[-2].worth == 4  # type: ignore[union-attr]
    assert standing(store).off == ("new-ties",)


def test_what_could_go_wrong_is_put_into_the_aim(visit: Visitor, store: Store) -> None:
    page = visit().open("settings")
    pick(page, "Another rule about", "loss weight")
    page.click("Add a rule…")
    off = next(each.label for each in page.at.number_input if "takes off" in each.label)
    write(page, off, 0.5)
    page.click("Put it into the draft")
    pick(page, "Another rule about", "payoff reserve")
    page.click("Add a rule…")
    write(page, "If any so many projects", 2)
    write(page, "bring so much less, %", 30.0)
    page.click("Put it into the draft")
    page.click("Save for everybody")
    assert page.errors == []
    assert standing(store).rules[-2:] == (
        LossWeight(id="loss-weight", worth=Decimal("0.5")),
        PayoffReserve(id="payoff-reserve", shortfall=Decimal("0.3"), projects=2),
    )
