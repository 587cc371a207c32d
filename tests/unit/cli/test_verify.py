"""Certificates: what is written can be replayed by anybody, and nothing in it can be altered unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LIST = """\
id;name;payoff, likely;chance of technical success;chance of commercial success;cost;launch cost
a;Alpha;30;0.8;0.5;3;5
b;Beta;63.75;0.5;0.8;5;2
g;Gamma;8.62;0.75;0.75;2;1
e;Echo;50;0.6;0.75;5;3
f;Foxtrot;66.25;0.5;0.8;10;2
"""


def sealed(content: dict[str, Any]) -> str:
    """The certificate with the hash of its content, worked out here from what the docs say."""
    rest = {name: part for name, part in content.items() if name != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps({**rest, "sha256": hashlib.sha256(text.encode()).hexdigest()})


@pytest.fixture
def written(cf, tmp_path: Path) -> Path:
    """A certificate over the worked table."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    file = tmp_path / "mix.json"
    ended = cf("recommend", tmp_path / "list.csv", "--budget", 15, "--certificate", file)
    assert ended.status == 0
    return file


def test_a_certificate_holds_and_its_hash_is_that_of_its_canonical_text(cf, written: Path) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    assert json.loads(sealed(content))["sha256"] == content["sha256"]
    said = cf("verify", written, "--json")
    assert (said.status, said.json["valid"], said.json["resolved"]) == (0, True, None)
    assert said.json["sha256"] == content["sha256"]
    again = cf("verify", written, "--resolve", "--json").json
    assert again["valid"]
    assert again["resolved"]["status"] == "OPTIMAL"
    assert [each["id"] for each in again["resolved"]["chosen"]] == ["a", "b", "e", "g"]


def test_the_same_question_gives_the_same_certificate(cf, written: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    cf("recommend", tmp_path / "list.csv", "--budget", 15, "--certificate", other)
    assert other.read_bytes() == written.read_bytes()


def test_what_is_altered_breaks_the_hash(cf, written: Path) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    content["pool"]["projects"][0]["name"] = "Alfa"
    written.write_text(json.dumps(content), encoding="utf-8")
    said = cf("verify", written, "--json")
    assert (said.status, said.json["valid"]) == (2, False)
    assert [check["check"] for check in said.json["checks"] if not check["holds"]] == ["hash"]
    assert "DOES NOT HOLD · hash" in cf("verify", written).out


def more_value(content: dict[str, Any]) -> None:
    content["selection"]["value"] += 1
    content["selection"]["bound"] += 1


def low_bound(content: dict[str, Any]) -> None:
    content["selection"]["bound"] -= 1


def dearer(content: dict[str, Any]) -> None:
    for project in content["pool"]["projects"]:
        project["grant"] = project["cost"] = project["cost"] * 2


def stranger(content: dict[str, Any]) -> None:
    content["selection"]["chosen"][0]["project"] = "nobody"


def another_limit(content: dict[str, Any]) -> None:
    content["selection"]["checks"][0]["at_most"] = "1600"


def no_mix(content: dict[str, Any]) -> None:
    content["selection"]["status"] = "INFEASIBLE"


@pytest.mark.parametrize(
    ("alter", "broken"),
    [
        (more_value, "value"),
        (low_bound, "bound"),
        (dearer, "rules and money"),
        (stranger, "rules and money"),
        (another_limit, "how the rules stand"),
        (no_mix, "mix"),
    ],
)
def test_a_false_claim_is_found_behind_a_right_hash(
    cf, written: Path, alter: Callable[[dict[str, Any]], None], broken: str
) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    alter(content)
    written.write_text(sealed(content), encoding="utf-8")
    said = cf("verify", written, "--json")
    assert said.status == 2
    faults = [check["check"] for check in said.json["checks"] if not check["holds"]]
    assert "hash" not in faults
    assert broken in faults


def test_a_worse_mix_that_claims_to_be_best_is_found_by_solving_again(cf, written: Path) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    answer = content["selection"]
    answer["chosen"] = [each for each in answer["chosen"] if each["project"] != "g"]
    answer["value"] = answer["bound"] = answer["value"] - 2_098_750
    answer["spend"] -= 200
    answer["checks"][0]["used"] = str(int(answer["checks"][0]["used"]) - 200)
    written.write_text(sealed(content), encoding="utf-8")
    assert cf("verify", written, "--json").json["valid"]
    said = cf("verify", written, "--resolve", "--json")
    assert (said.status, said.json["valid"]) == (2, False)
    assert said.json["checks"][-1]["words"] == "Another mix is best."


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\x00", b"[]", b"{}", b'{"format": NaN}', b"[" * 100_000, b'{"pool": 1}'],
)
def test_what_is_no_certificate_is_told_so(cf, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    said = cf("verify", tmp_path / "x.json", "--json")
    assert said.status == 2
    assert "no certificate" in said.json["problems"][0]["remedy"]


def test_parts_that_cannot_be_read_are_told_by_their_place(cf, written: Path) -> None:
    content = json.loads(written.read_text(encoding="utf-8"))
    content["selection"]["checks"][0]["used"] = "1/0"
    written.write_text(sealed(content), encoding="utf-8")
    (problem,) = cf("verify", written, "--json").json["problems"]
    assert problem["field"].startswith("selection.checks.0.used")
    content["pool"] = []
    written.write_text(sealed(content), encoding="utf-8")
    assert cf("verify", written, "--json").json["problems"][0]["field"] == "pool"


def test_a_file_that_is_not_there_is_told_so(cf, tmp_path: Path) -> None:
    said = cf("verify", tmp_path / "none.json", "--json")
    assert said.status == 2
    assert "cannot be read" in said.json["problems"][0]["remedy"]


def test_that_no_mix_exists_is_proven_by_solving_again(cf, written: Path, tmp_path: Path) -> None:
    question = tmp_path / "q.toml"
    question.write_text(
        'budget = 4\n[[rules]]\nkind = "must"\nid = "all"\nprojects = ["a", "b"]\n',
        encoding="utf-8",
    )
    file = tmp_path / "none.json"
    list_ = tmp_path / "list.csv"
    assert cf("recommend", list_, "--scenario", question, "--certificate", file).status == 1
    said = cf("verify", file, "--resolve", "--json")
    assert (said.status, said.json["status"]) == (0, "INFEASIBLE")
    assert said.json["checks"][-1] == {
        "check": "solved again",
        "holds": True,
        "words": "The same answer, proven again.",
    }
