"""recommend, explain and sweep on lists whose answers are known by other means."""

import itertools
import json
from pathlib import Path

import pytest

# The worked table of six projects: name, present value, chances, own cost, launch cost, all in
# currency units here. Optimum at budget 15: 42.29875; at 16: 43.79875; at 20: 50.7.
WORKED = """\
id;name;payoff, likely;chance of technical success;chance of commercial success;cost;launch cost
a;Alpha;30;0.8;0.5;3;5
b;Beta;63.75;0.5;0.8;5;2
g;Gamma;8.62;0.75;0.75;2;1
d;Delta;3;1;1;1;0.5
e;Echo;50;0.6;0.75;5;3
f;Foxtrot;66.25;0.5;0.8;10;2
"""
BUDGET = """\
META
key;value
description;Two streets and a pond
country;Nowhere
unit;Village
instance;2026
num_projects;4
num_votes;4
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;votes;name
1;60;3;Pond
2;50;2;Bench
3;50;2;Tree
4;40;1;Lamp
VOTES
voter_id;age;vote
1;30;1,2
2;40;1,3
3;50;1,2,4
4;60;3
"""


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    path = tmp_path / "worked.csv"
    path.write_text(WORKED, encoding="utf-8")
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def ids(projects: list[dict[str, object]]) -> list[object]:
    return [project["id"] for project in projects]


def test_the_worked_table_gets_its_published_mix(cf, worked: Path) -> None:
    said = cf("recommend", worked, "--budget", 15, "--json")
    answer = said.json
    assert said.status == 0
    assert answer["status"] == "OPTIMAL"
    assert answer["objective"] == answer["bound"] == 42.29875
    assert answer["gap"] == 0
    assert ids(answer["chosen"]) == ["a", "b", "e", "g"]
    assert answer["spend"]["total"] == 15
    (rule,) = answer["rules"]
    assert (rule["used"], rule["at_most"], rule["slack"], rule["met"]) == (15, 15, 0, True)
    assert answer["runtime"] >= 0


def test_the_text_says_the_same_in_plain_words(cf, worked: Path) -> None:
    text = cf("recommend", worked, "--budget", 15).out
    assert "Fund 4 of 6 proposals" in text
    assert "Proven best" in text
    assert all(name in text for name in ("Alpha", "Beta", "Gamma", "Echo"))
    jargon = ("OPTIMAL", "objective", "constraint", "solver", "infeasible", "None", "nan")
    assert [word for word in jargon if word in text] == []


def test_a_ballot_alone_is_a_full_question(cf, tmp_path: Path) -> None:
    path = write(tmp_path / "village.pb", BUDGET)
    answer = cf("recommend", path, "--json").json
    # Pond and Lamp cost 100 and have 4 votes, as have Bench and Tree; the tie goes to less money,
    # then to the order of ids. By enumeration no other mix within 100 has 4.
    assert answer["objective"] == 4
    assert answer["spend"]["total"] == 100
    assert answer["status"] == "OPTIMAL"


def test_a_scenario_file_sets_money_and_rules(cf, worked: Path, tmp_path: Path) -> None:
    question = write(
        tmp_path / "q.toml", 'budget = 15\n[[rules]]\nkind = "must"\nid = "m"\nprojects = ["f"]\n'
    )
    answer = cf("recommend", worked, "--scenario", question, "--json").json
    # With Foxtrot (10) five are left: Alpha and Gamma give 7.09875, Beta alone 19.5.
    assert ids(answer["chosen"]) == ["b", "f"]
    assert answer["objective"] == 35.0
    assert {rule["id"] for rule in answer["rules"]} == {"budget", "m"}


def test_money_on_the_command_line_goes_over_that_of_the_file(
    cf, worked: Path, tmp_path: Path
) -> None:
    question = write(tmp_path / "q.toml", "budget = 3\n")
    answer = cf("recommend", worked, "--scenario", question, "--budget", "15.00", "--json").json
    assert answer["objective"] == 42.29875


def test_a_question_without_an_answer_names_the_rules_that_clash(
    cf, worked: Path, tmp_path: Path
) -> None:
    question = write(
        tmp_path / "q.toml",
        'budget = 8\n[[rules]]\nkind = "must"\nid = "m"\nprojects = ["f"]\n'
        '[[rules]]\nkind = "must not"\nid = "free"\nprojects = ["d"]\n',
    )
    said = cf("recommend", worked, "--scenario", question, "--json")
    assert said.status == 1
    answer = said.json
    assert (answer["status"], answer["objective"], answer["chosen"]) == ("INFEASIBLE", None, [])
    assert {rule["id"] for rule in answer["clash"]["rules"]} == {"budget", "m"}
    said = cf("recommend", worked, "--scenario", question)
    assert said.status == 1
    assert "Foxtrot must be in" in said.out


def test_every_clash_is_named_with_a_way_out_of_each_rule(cf, worked: Path, tmp_path: Path) -> None:
    question = write(
        tmp_path / "q.toml",
        "budget = 8\n"
        + "".join(
            f'[[rules]]\nkind = "{kind}"\nid = "{rule}"\nprojects = ["{project}"]\n'
            for kind, rule, project in (
                ("must", "f-in", "f"),
                ("must", "d-in", "d"),
                ("must not", "d-out", "d"),
            )
        ),
    )
    said = cf("recommend", worked, "--scenario", question, "--json")
    assert said.status == 1
    first = said.json["clash"]
    clashes = [first, *first["others"]]
    assert sorted(sorted(ids(each["rules"])) for each in clashes) == [
        ["budget", "f-in"],
        ["d-in", "d-out"],
    ]
    for each in clashes:
        assert {repair["rule"] for repair in each["repairs"]} == set(ids(each["rules"]))
    assert first["complete"] is True
    text = " ".join(cf("recommend", worked, "--scenario", question).out.split())
    assert "2 sets of rules clash, and each needs a change." in text
    assert text.count("These 2 rules cannot hold together:") == 2
    assert "No change of this rule alone helps" not in text
    assert "Do not insist on Foxtrot" in text
    assert "Let Delta in" in text


def test_the_answer_can_go_into_a_file(cf, worked: Path, tmp_path: Path) -> None:
    said = cf("recommend", worked, "--budget", 15, "--out", tmp_path / "answer.json")
    assert json.loads((tmp_path / "answer.json").read_text("utf-8"))["objective"] == 42.29875
    assert "Fund 4 of 6" in said.out


def test_the_same_question_has_the_same_answer_word_for_word(cf, tmp_path: Path) -> None:
    rows = WORKED.splitlines()
    answers = []
    for order in ([1, 2, 3, 4, 5, 6], [6, 4, 2, 5, 3, 1]):
        path = write(tmp_path / "list.csv", "\n".join(rows[k] for k in [0, *order]) + "\n")
        answer = cf("recommend", path, "--budget", 16, "--json").json
        answer.pop("runtime")
        answers.append(json.dumps(answer))
    assert answers[0] == answers[1]


def test_a_list_without_money_says_so_and_takes_all_that_is_worth_anything(
    cf, worked: Path
) -> None:
    answer = cf("recommend", worked, "--json").json
    assert len(answer["chosen"]) == 6
    assert any("money" in note for note in answer["notes"])


def best_with(project: str, inside: bool, budget: int) -> float:
    """By enumeration: the best worth over mixes within a budget that hold or lack a project."""
    table = {
        row[0]: (float(row[2]), float(row[3]), float(row[4]), float(row[5]), float(row[6]))
        for row in (line.split(";") for line in WORKED.splitlines()[1:])
    }
    worth = {k: (pv * pcs - c) * pts - d for k, (pv, pts, pcs, d, c) in table.items()}
    mixes = itertools.chain.from_iterable(itertools.combinations(table, n) for n in range(7))
    return max(
        sum(worth[i] for i in mix)
        for mix in mixes
        if sum(table[i][3] for i in mix) <= budget and (project in mix) == inside
    )


def best_apart(k: int, apart: int, budget: int) -> list[tuple[str, ...]]:
    """By enumeration: one after the other the best mix far enough from those before it."""
    table = [line.split(";") for line in WORKED.splitlines()[1:]]
    worth = {
        name: (float(pv) * float(pcs) - float(c)) * float(pts) - float(d)
        for name, _, pv, pts, pcs, d, c in table
    }
    grant = {row[0]: int(row[5]) for row in table}
    mixes = itertools.chain.from_iterable(itertools.combinations(worth, n) for n in range(7))
    left = sorted(
        (mix for mix in mixes if sum(grant[i] for i in mix) <= budget),
        key=lambda mix: -sum(worth[i] for i in mix),
    )
    found: list[tuple[str, ...]] = []
    for mix in left:
        if len(found) < k and all(len(set(mix) ^ set(other)) >= apart for other in found):
            found.append(mix)
    return found


@pytest.mark.parametrize(("k", "apart"), [(1, 1), (5, 1), (4, 3), (9, 5)])
def test_the_best_mixes_apart_are_those_of_enumeration(
    cf, worked: Path, k: int, apart: int
) -> None:
    said = cf("recommend", worked, "--budget", 15, "--k", k, "--apart", apart, "--json").json
    expected = best_apart(k, apart, 15)
    assert [sorted(map(str, ids(mix["chosen"]))) for mix in said["alternatives"]] == [
        sorted(mix) for mix in expected
    ]
    assert said["exhausted"] == (len(expected) < k)
    assert {mix["status"] for mix in said["alternatives"]} == {"OPTIMAL"}
    best = set(expected[0])
    for mix, known in zip(said["alternatives"], expected, strict=True):
        assert set(ids(mix["enters"])) == set(known) - best
        assert set(ids(mix["leaves"])) == best - set(known)


def test_other_mixes_are_told_in_plain_words(cf, worked: Path) -> None:
    text = " ".join(cf("recommend", worked, "--budget", 15, "--k", 2).out.split())
    second = best_apart(2, 1, 15)[1]
    assert "The 2 best mixes of which any two differ by 1 project or more." in text
    assert "Each is proven best of those that differ enough" in text
    assert (
        f"{len(set(second) & set(best_apart(1, 1, 15)[0]))} projects stand in each of them" in text
    )


def test_numbers_of_mixes_that_nobody_means_are_told_together(cf, worked: Path) -> None:
    said = cf("recommend", worked, "--budget", 15, "--k", 0, "--apart", "x", "--json")
    assert said.status == 2
    assert [problem["field"] for problem in said.json["problems"]] == ["--k", "--apart"]


@pytest.mark.parametrize(("project", "inside"), [("f", False), ("d", False), ("b", True)])
def test_the_cost_of_putting_in_or_leaving_out_is_the_difference_of_two_best_mixes(
    cf, worked: Path, project: str, inside: bool
) -> None:
    answer = cf("explain", worked, "--budget", 15, "--project", project, "--json").json
    assert answer["inside"] is inside
    lost = best_with(project, inside, 15) - best_with(project, not inside, 15)
    assert answer["cost"] == pytest.approx(lost, abs=1e-6)
    assert answer["sentences"]
    text = cf("explain", worked, "--budget", 15, "--project", project).out
    assert answer["sentences"][0] in " ".join(text.split())


def test_a_clash_tells_all_its_sets_and_what_each_way_out_costs(
    cf, worked: Path, tmp_path: Path
) -> None:
    question = write(
        tmp_path / "q.toml",
        'budget = 2\n[[rules]]\nkind = "must"\nid = "f-in"\nprojects = ["f"]\n'
        '[[rules]]\nkind = "must"\nid = "e-in"\nprojects = ["e"]\n',
    )
    said = cf("recommend", worked, "--scenario", question, "--json")
    assert said.status == 1
    told = said.json["clash"]
    assert [ids(rules) for rules in told["sets"]] == [["budget", "f-in"], ["budget", "e-in"]]
    assert told["all_sets"]
    (repair,) = [one for one in told["repairs"] if one["rule"] == "budget"]
    # 15 pay Foxtrot (10) and Echo (5): 31.2. With neither rule nor budget in the way all are in.
    assert (repair["amount"], repair["worth"]) == (13, pytest.approx(31.2))
    assert repair["price"] == pytest.approx(59.29875 - 31.2)
    text = " ".join(cf("recommend", worked, "--scenario", question).out.split())
    assert "All in all 2 smallest sets of rules cannot hold together." in text
    assert "The best mix is then worth" in text


def test_a_project_that_no_mix_can_hold_is_explained_by_its_rules(
    cf, worked: Path, tmp_path: Path
) -> None:
    question = write(
        tmp_path / "q.toml",
        'budget = 15\n[[rules]]\nkind = "must not"\nid = "not-now"\nprojects = ["f"]\n',
    )
    said = cf("explain", worked, "--scenario", question, "--project", "f", "--json")
    assert said.status == 0
    assert said.json["cost"] is None
    assert ids(said.json["clash"]) == ["not-now"]


def test_every_way_in_is_told_with_its_rank_and_what_follows(cf, worked: Path) -> None:
    asked = ("explain", worked, "--budget", 15, "--project", "f", "--why-not")
    answer = cf(*asked, "--json").json
    routes = {route["kind"]: route for route in answer["routes"]}
    assert [route["rank"] for route in answer["routes"]] == [1, 2, 3]
    assert sorted(route["relative"] for route in answer["routes"]) == [
        route["relative"] for route in answer["routes"]
    ]
    # 20 buy Beta, Echo and Foxtrot; at 7 Foxtrot fits beside Alpha and Beta for 43.0.
    assert (routes["budget"]["change"], routes["budget"]["then"]) == (5, 20)
    assert (routes["cost"]["change"], routes["cost"]["then"]) == (3, 7)
    assert ids(routes["cost"]["enters"]) == ["f"]
    assert ids(routes["cost"]["leaves"]) == ["e", "g"]
    # 42.29875 less Alpha 5.0 and Beta 19.5.
    assert routes["cost"]["others_lose"] == pytest.approx(17.79875)
    assert all(route["exact"] and route["proven"] for route in answer["routes"])
    assert answer["cheapest"] == [1, 2, 3]
    assert answer["undecided"] == []
    text = " ".join(cf(*asked).out.split())
    assert all(route["sentence"] in text for route in answer["routes"])


def test_rules_and_the_next_money_have_their_prices(cf, worked: Path) -> None:
    asked = ("explain", worked, "--budget", 15, "--prices", "--amount", 1)
    answer = cf(*asked, "--json").json
    (rule,) = answer["prices"]
    # Without the budget all six are in: 59.29875 less 42.29875.
    assert (rule["rule"], rule["price"], rule["proven"]) == ("budget", 17, True)
    (money,) = answer["next_money"]
    assert (money["source"], money["amount"], money["exact"]) == (None, 1, 1.5)
    assert money["rate"] == pytest.approx(1.55)
    assert money["at_rate"] == pytest.approx(1.55)
    assert ids(money["enters"]) == ["d"]
    text = " ".join(cf(*asked).out.split())
    assert "Exact At the rate" in text
    assert "Rate: what the amount would bring if projects could be split" in text


def test_explain_asks_for_something_to_explain(cf, worked: Path) -> None:
    said = cf("explain", worked, "--budget", 15, "--json")
    assert said.status == 2
    assert [problem["field"] for problem in said.json["problems"]] == ["--project"]
    said = cf("explain", worked, "--prices", "--why-not", "--amount", 0, "--json")
    assert said.status == 2
    fields = [problem["field"] for problem in said.json["problems"]]
    assert fields == ["--amount", "--why-not"]


def test_one_that_is_in_has_no_way_in(cf, worked: Path) -> None:
    asked = ("explain", worked, "--budget", 15, "--project", "b", "--why-not", "--json")
    assert cf(*asked).json["routes"] == []


def test_a_sweep_gives_the_published_steps(cf, worked: Path) -> None:
    said = cf("sweep", worked, "--from", 15, "--to", 20, "--steps", 6, "--json")
    assert said.status == 0
    points = said.json["points"]
    assert [point["budget"] for point in points] == [15, 16, 17, 18, 19, 20]
    worth = {point["budget"]: point["objective"] for point in points}
    assert (worth[15], worth[16], worth[20]) == (42.29875, 43.79875, 50.7)
    assert sorted(worth.values()) == list(worth.values())
    assert ids(points[1]["enters"]) == ["d"]
    text = cf("sweep", worked, "--from", 15, "--to", 20, "--steps", 2).out
    assert "€" not in text
    assert "Foxtrot" in text


def test_a_sweep_without_any_answer_ends_with_status_one(cf, worked: Path, tmp_path: Path) -> None:
    question = write(tmp_path / "q.toml", '[[rules]]\nkind = "must"\nid = "m"\nprojects = ["f"]\n')
    said = cf("sweep", worked, "--scenario", question, "--from", 0, "--to", 5, "--steps", 2)
    assert said.status == 1
    assert "No mix meets all rules" in said.out
