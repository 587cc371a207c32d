"""import, review, score, template, export and db on the demo and on lists of our own."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from data.export import export_xlsx
from data.scenario_file import read_scenario
from data.store import Store

LIST = """\
Project,Cost,Start,End
Ice radar,180000,2027-01-01,2028-12-31
Buoys,12k,2027-01-01,2027-12-31
Welders,140000,2027-06-01,soon
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "our list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_dry_run_reports_and_makes_nothing(cf, listed: Path, tmp_path: Path) -> None:
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    said = cf("import", listed, "--dry-run", "--store", fresh)
    assert said.status == 0
    assert "Nothing was written" in said.out
    assert not (tmp_path / "fresh.db").exists()


def test_an_import_names_every_cell_that_it_could_not_read(cf, listed: Path) -> None:
    answer = cf("import", listed, "--dry-run", "--json").json
    assert (answer["rows"], answer["taken"], answer["created"]) == (3, 3, True)
    told = {(problem["row"], problem["value"]): problem for problem in answer["problems"]}
    assert set(told) == {(3, "12k"), (4, "soon")}
    assert all(problem["remedy"] and problem["field"] for problem in told.values())


def test_a_second_import_tells_new_changed_and_gone_before_it_writes(
    cf, listed: Path, store_url: str
) -> None:
    first = cf("import", listed, "--cluster", "Twice", "--json").json
    assert (first["created"], len(first["new"])) == (True, 3)
    text = LIST.replace("180000", "190000").replace("Buoys,12k", "Nets,90000")
    listed.write_text(text, encoding="utf-8")
    shown = cf("import", listed, "--cluster", "twice", "--dry-run", "--json").json
    done = cf("import", listed, "--cluster", "twice", "--json").json
    assert shown | {"written": True} == done
    assert [project["name"] for project in done["new"]] == ["Nets"]
    assert [project["name"] for project in done["changed"]] == ["Ice radar"]
    assert [project["name"] for project in done["gone"]] == ["Buoys"]
    assert done["unchanged"] == 1
    with Store.open(store_url) as store:
        pool = store.pool(store.find("Twice"))
    assert {project.name for project in pool.projects} == {"Ice radar", "Welders", "Nets", "Buoys"}
    assert "Nothing is different" in cf("import", listed, "--cluster", "twice").out


def test_an_import_that_changes_organizations_alone_says_so_and_writes_them(
    cf, tmp_path: Path, store_url: str
) -> None:
    target = tmp_path / "demo.xlsx"
    cf("export", "demo", target)
    again = cf("import", target, "--cluster", "demo", "--json").json
    assert (again["written"], again["organizations"]) == (False, {"new": [], "changed": []})
    with Store.open(store_url) as store:
        pool = store.pool(store.find("demo"))
    first, *others = pool.organizations
    grown = replace(pool, organizations=(replace(first, sector="Sea bees"), *others))
    target.write_bytes(export_xlsx(grown))
    shown = cf("import", target, "--cluster", "demo", "--dry-run", "--json").json
    field = {"field": "sector", "old": first.sector, "new": "Sea bees"}
    assert shown["organizations"] == {
        "new": [],
        "changed": [{"id": first.id, "name": first.name, "fields": [field]}],
    }
    assert (shown["written"], shown["new"], shown["changed"]) == (False, [], [])
    dry = cf("import", target, "--cluster", "demo", "--dry-run").out
    assert "Without --dry-run it takes in 1 changed organization." in " ".join(dry.split())
    said = " ".join(cf("import", target, "--cluster", "demo").out.split())
    assert "Changed: 1 organization:" in said
    assert f"sector {first.sector} → Sea bees" in said
    assert "Taken in: 1 changed organization." in said
    with Store.open(store_url) as store:
        assert store.pool(store.find("demo")).organizations == grown.organizations
    assert "Nothing is different" in cf("import", target, "--cluster", "demo").out


def test_an_imported_cluster_answers_like_its_file(cf, listed: Path) -> None:
    cf("import", listed)
    answers = [
        cf("recommend", pool, "--budget", 150_000, "--json").json for pool in ("our list", listed)
    ]
    assert answers[0]["chosen"] == answers[1]["chosen"] != []
    assert answers[0]["objective"] == answers[1]["objective"]


def test_all_rows_or_none_when_asked_for(cf, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Name,Cost\nOne,5\n,7\n", encoding="utf-8")
    assert cf("import", path, "--dry-run").status == 0
    said = cf("import", path, "--dry-run", "--strict", "--json")
    assert said.status == 2
    assert [problem["row"] for problem in said.json["problems"]] == [3]


def test_the_demo_is_there_without_any_import(cf) -> None:
    said = cf("recommend", "demo", "--json")
    answer = said.json
    assert said.status == 0
    assert answer["pool"]["fictional"] is True
    assert answer["chosen"]
    assert all(rule["met"] for rule in answer["rules"])
    paid = sum(source["total"] for source in answer["spend"]["by_source"].values())
    assert paid == pytest.approx(answer["spend"]["total"])
    assert sum(answer["spend"]["by_period"].values()) == pytest.approx(answer["spend"]["total"])
    assert "fictional" in cf("recommend", "demo").out


def test_a_review_lists_the_running_projects_and_how_we_know(cf) -> None:
    answer = cf("review", "demo", "--as-of", "2026-11-24", "--json").json
    assert answer["as_of"] == "2026-11-24"
    assert len(answer["projects"]) >= 15
    assert {len(project["signals"]) for project in answer["projects"]} == {5}
    text = cf("review", "demo", "--as-of", "2026-11-24").out
    assert all(project["name"] in text for project in answer["projects"])


def test_scores_come_best_first_and_their_parts_add_up(cf) -> None:
    projects = cf("score", "demo", "--json").json["projects"]
    points = [project["points"] for project in projects if project["points"] is not None]
    assert points == sorted(points, reverse=True)
    for project in projects:
        parts = sum(part["contribution"] for part in project["criteria"])
        assert parts == pytest.approx(project["points"] or 0)
    text = cf("score", "demo").out
    assert projects[0]["name"] in " ".join(text.split())


def test_the_template_is_a_workbook_and_is_not_replaced_by_chance(cf, tmp_path: Path) -> None:
    target = tmp_path / "projects.xlsx"
    assert cf("template", target).status == 0
    assert target.read_bytes()[:2] == b"PK"
    assert cf("template", target).status == 2
    assert cf("template", target, "--force").status == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_reads_back_without_a_difference(cf, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"demo.{ending}"
    assert cf("export", "demo", target).status == 0
    answer = cf("import", target, "--cluster", "demo", "--dry-run", "--json").json
    assert (answer["new"], answer["changed"], answer["gone"]) == ([], [], [])
    assert {(problem["field"], problem["value"]) for problem in answer["problems"]} <= {
        ("Cost", "")
    }


def test_the_standing_question_goes_out_as_a_scenario_file(
    cf, tmp_path: Path, store_url: str
) -> None:
    target = tmp_path / "question.toml"
    assert cf("export", "demo", target).status == 0
    with Store.open(store_url) as store:
        pool = store.pool(store.find("demo"))
    assert read_scenario(target, pool) == pool.scenario


def test_the_store_tells_what_it_holds_and_info_makes_none(cf, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    assert cf("db", "info", "--store", f"sqlite:///{fresh}", "--json").json["exists"] is False
    assert not fresh.exists()
    assert cf("db", "upgrade", "--store", f"sqlite:///{fresh}").status == 0
    answer = cf("db", "info", "--store", f"sqlite:///{fresh}", "--json").json
    assert answer["exists"] is True
    assert answer["version"] == answer["newest"] != ""
    assert answer["clusters"] == []
    with sqlite3.connect(fresh) as connection:
        assert connection.execute("SELECT count(*) FROM cluster").fetchone() == (0,)
    connection.close()


def test_a_store_that_is_not_there_is_not_called_whole(cf, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    url = f"sqlite:///{fresh}"
    said = cf("db", "verify", "--store", url, "--json")
    assert (said.status, said.json["exists"], said.json["whole"]) == (2, False, False)
    (fault,) = said.json["faults"]
    assert str(fresh) in fault
    told = cf("db", "verify", "--store", url)
    assert (told.status, "There is no store at" in told.out) == (2, True)
    assert cf("db", "info", "--store", url).status == 0
    assert not fresh.exists()


def test_the_store_tells_the_names_that_its_clusters_answer_to(cf, store_url: str) -> None:
    assert "halm-maritime, also demo\n" in cf("db", "info", "--store", store_url).out
    told = cf("db", "info", "--store", store_url, "--json").json["clusters"]
    names = {name: c["id"] for c in told for name in (c["id"], *c["aliases"])}
    assert names["demo"] == "halm-maritime"
    with Store.open(store_url) as store:
        assert {name: store.find(name) for name in names} == names


def test_a_store_whose_decision_was_changed_by_hand_is_told(cf, tmp_path: Path) -> None:
    fresh = tmp_path / "kept.db"
    url = f"sqlite:///{fresh}"
    cf("recommend", "demo", "--store", url)
    assert cf("db", "verify", "--store", url).status == 0
    with sqlite3.connect(fresh) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE decision SET why = 'another reason'")
    connection.close()
    said = cf("db", "verify", "--store", url, "--json")
    assert said.status == 2
    assert said.json["whole"] is False
    assert any("decision" in fault.lower() for fault in said.json["faults"])
