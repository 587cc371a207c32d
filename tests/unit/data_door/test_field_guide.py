"""fields.csv as the one description of every field, and the guide made from it."""

from dataclasses import fields
from pathlib import Path

import pytest

from data.build_project import ATTRIBUTES
from data.fields import Of, field_guide, fields_of, main
from data.read_cell import READERS
from data.text import plain
from portfolio.organization import HelixRole, Organization, SizeClass
from portfolio.project import Project, ProjectStatus, Scope


def test_the_field_guide_is_current(repository: Path) -> None:
    written = (repository / "docs" / "fields.md").read_text(encoding="utf-8")
    assert written == field_guide(), "run: python -m data.fields"


def test_the_command_writes_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "fields.md"
    monkeypatch.setattr("sys.argv", ["data.fields", str(target)])
    main()
    assert target.read_text(encoding="utf-8") == field_guide()


def test_every_field_speaks_of_something_that_a_project_has() -> None:
    own = {field.name for field in fields(Project)}
    for name in fields_of("project"):
        assert set(ATTRIBUTES.get(name, (name,))) <= own
    assert set(fields_of("organization")) == {field.name for field in fields(Organization)}


def test_every_attribute_but_milestones_has_a_field() -> None:
    told = {a for name in fields_of("project") for a in ATTRIBUTES.get(name, (name,))}
    assert {field.name for field in fields(Project)} - told == {"milestones", "cost_known"}


def test_choices_are_the_words_of_the_model() -> None:
    def choices(of: Of, name: str) -> list[str]:
        return [choice.value for choice in fields_of(of)[name].choices]

    assert choices("project", "status") == [status.value for status in ProjectStatus]
    assert choices("project", "scope") == [scope.value for scope in Scope]
    assert choices("organization", "role") == [role.value for role in HelixRole]
    assert choices("organization", "size") == [size.value for size in SizeClass]


@pytest.mark.parametrize("of", ["project", "organization"])
def test_every_field_has_a_known_type_a_meaning_and_words_that_are_its_own(of: Of) -> None:
    owner: dict[str, str] = {}
    for name, spec in fields_of(of).items():
        assert spec.type in READERS
        assert spec.meaning.endswith(".")
        assert spec.required in ("yes", "no", "for choosing")
        for word in {plain(word) for word in (spec.label, spec.name, *spec.aliases)}:
            assert owner.setdefault(word, name) == name, f"{word} names two fields"
