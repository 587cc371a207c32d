"""The scenario file: a question in TOML, read over a pool's standing scenario."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data.scenario_models import (
    KINDS,
    ObjectiveTable,
    ScenarioTable,
    SourceTable,
    StayCloseTable,
    Table,
)
from data.scenario_values import nearest
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import (
    CO_FUNDING_ID,
    ELIGIBILITY_ID,
    TOTAL_BUDGET_ID,
    Scenario,
    all_rules,
    source_budget_id,
    with_money,
    with_rules,
)

MOST_BYTES = 1_000_000
_TABLES: dict[str, type[Table]] = {
    "objective": ObjectiveTable,
    "sources": SourceTable,
    "stay_close": StayCloseTable,
}
_WRONG_TYPE = {
    "bool_type": "Write true or false.",
    "list_type": "Write a list in square brackets.",
    "model_type": "Write a table here.",
    "model_attributes_type": "Write a table here.",
    "string_type": "Write text in quotes.",
}


def read_scenario(path: Path, pool: Pool) -> Scenario:
    """The question in a TOML file, read over the pool's standing scenario.

    What the file leaves out is taken from `pool.scenario`; docs/scenario.md says how. Raises
    InputError with every problem at once, each with its path in the file (lists count from 1).
    """
    return parse_scenario(_content(path), pool, name=path.stem)


def parse_scenario(content: bytes, pool: Pool, name: str = "") -> Scenario:
    """As `read_scenario`, from the bytes of the file; `name` stands in for a missing name."""
    raw = _tree(content)
    problems: list[Problem] = []
    table = None
    try:
        table = ScenarioTable.model_validate(raw, context={"pool": pool})
    except ValidationError as error:
        problems += [_problem(detail, raw) for detail in error.errors(include_url=False)]
    problems += _crossed(raw, pool)
    if problems or table is None:
        raise InputError(tuple(problems))
    return _scenario(table, pool, name)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise _one("Scenario file", str(path), "There is no such file.")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _one("Scenario file", str(path), f"It cannot be read: {reason}.") from None
    if len(content) > MOST_BYTES:
        size = f"It is larger than {MOST_BYTES:,} bytes, the most a scenario file may have."
        raise _one("Scenario file", str(path), size)
    return content


def _tree(content: bytes) -> dict[str, Any]:
    """The file as plain tables; decimals stay exact."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        remedy = "This line is not UTF-8 text. Save the file as UTF-8."
        raise InputError((Problem("TOML", "", remedy, row),)) from None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(text, str(error)) from None
    except (ValueError, ArithmeticError, RecursionError):
        remedy = "It holds a number or a nesting too large to read."
        raise _one("TOML", "", remedy) from None


def _syntax(text: str, message: str) -> InputError:
    """The line that is not TOML, with what the reader of TOML says about it."""
    reason, _, place = message.partition(" (at ")
    lines = text.splitlines() or [""]
    row = len(lines)
    if place.startswith("line "):
        row = min(int(place.removeprefix("line ").split(",")[0]), len(lines))
    line = lines[row - 1].strip()
    return InputError((Problem("TOML", _short(line), f"This line is not TOML: {reason}.", row),))


def _one(field: str, value: str, remedy: str) -> InputError:
    return InputError((Problem(field, value, remedy),))


def _short(value: object, most: int = 80) -> str:
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _problem(detail: ErrorDetails, raw: Mapping[str, Any]) -> Problem:
    location = _without_kind(detail["loc"])
    given = detail["input"]
    shown = "" if isinstance(given, Mapping | list) or given is None else _short(given)
    if isinstance(given, bool):
        shown = str(given).lower()
    return Problem(_path(location), shown, _remedy(detail, location, raw))


def _without_kind(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The place in the file: pydantic names the chosen kind after the place of a rule."""
    if location[:1] == ("rules",) and len(location) > 2:
        return (*location[:2], *location[3:])
    return location


def _path(location: Iterable[int | str]) -> str:
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step + 1}]"
        else:
            path += f".{step}" if path else step
    return path or "Scenario file"


def _remedy(detail: ErrorDetails, location: tuple[int | str, ...], raw: Mapping[str, Any]) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    match kind:
        case "fault":
            return str(context["remedy"])
        case "missing":
            return "This key is missing; add it."
        case "extra_forbidden":
            return f"There is no such key.{nearest(str(location[-1]), _keys(location, raw))}"
        case "union_tag_invalid":
            given = str(context.get("tag", ""))
            return f"There is no rule of the kind “{_short(given)}”.{nearest(given, KINDS)}"
        case "union_tag_not_found":
            return f"The kind of the rule is missing. Write kind = …{nearest('', KINDS)}"
        case "literal_error":
            return f"Write one of {context['expected']}."
    return _WRONG_TYPE.get(kind, "Something else has to stand here; docs/scenario.md says what.")


def _keys(location: tuple[int | str, ...], raw: Mapping[str, Any]) -> list[str]:
    """The keys that the table at a place may have."""
    if len(location) == 1:
        return list(ScenarioTable.model_fields)
    if location[0] == "rules":
        return list(KINDS[raw["rules"][location[1]]["kind"]].model_fields)
    return list(_TABLES[str(location[0])].model_fields)


def _tables(raw: Mapping[str, Any], key: str) -> list[tuple[int, Mapping[str, Any]]]:
    entries = raw.get(key)
    if not isinstance(entries, list):
        return []
    return [(k, entry) for k, entry in enumerate(entries) if isinstance(entry, Mapping)]


def _crossed(raw: Mapping[str, Any], pool: Pool) -> Iterator[Problem]:
    """Faults between parts of the file: ids used twice, sources and rules that are not there."""
    sources = _tables(raw, "sources")
    rules = _tables(raw, "rules")
    yield from _twice("sources", sources)
    yield from _twice("rules", rules)
    standing = {source.id for source in pool.scenario.sources}
    for k, source in sources:
        if source.get("id") not in standing and not {"budget", "budgets"} & set(source):
            yield Problem(f"sources[{k + 1}].budgets", "", "This key is missing; add it.")
    stated = [str(source.get("id")) for _, source in sources]
    source_ids = stated if "sources" in raw else sorted(standing)
    reserved = {source_budget_id(source) for source in source_ids}
    reserved |= {ELIGIBILITY_ID, CO_FUNDING_ID} if source_ids else set()
    money_ids = {TOTAL_BUDGET_ID, *(rule.id for rule in _standing_money(pool))}
    for k, rule in rules:
        yield from _rule_faults(f"rules[{k + 1}]", rule, source_ids, reserved, money_ids)
    known = reserved | money_ids | {str(rule.get("id", _default_id(k))) for k, rule in rules}
    if "rules" not in raw or raw.get("keep_rules") is True:
        known |= {rule.id for rule in pool.scenario.rules}
    off = raw.get("off")
    for k, rule_id in enumerate(off if isinstance(off, list) else []):
        if isinstance(rule_id, str) and rule_id not in known:
            remedy = f"No rule has this id.{nearest(rule_id, sorted(known))}"
            yield Problem(f"off[{k + 1}]", _short(rule_id), remedy)


def _twice(key: str, tables: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for k, table in tables:
        given = table.get("id", _default_id(k) if key == "rules" else None)
        if not isinstance(given, str):
            continue
        if given in first:
            remedy = f"{key}[{first[given] + 1}] has the same id; give each its own."
            yield Problem(f"{key}[{k + 1}].id", _short(given), remedy)
        first.setdefault(given, k)


def _rule_faults(
    path: str,
    rule: Mapping[str, Any],
    source_ids: list[str],
    reserved: set[str],
    money_ids: set[str],
) -> Iterator[Problem]:
    given = rule.get("id")
    kind = rule.get("kind")
    if given in reserved:
        remedy = "Each source brings the rule of this id by itself. Choose another id."
        yield Problem(f"{path}.id", _short(given), remedy)
    if given in money_ids and kind != "total budget":
        remedy = "This id belongs to the rule on the money in all. Choose another id."
        yield Problem(f"{path}.id", _short(given), remedy)
    source = rule.get("source")
    if kind == "source budget" and isinstance(source, str) and source not in source_ids:
        remedy = f"No source has this id.{nearest(source, source_ids)}"
        yield Problem(f"{path}.source", _short(source), remedy)


def _default_id(position: int) -> str:
    return f"rule-{position + 1}"


def _standing_money(pool: Pool) -> tuple[Rule, ...]:
    return tuple(rule for rule in pool.scenario.rules if isinstance(rule, TotalBudget))


def _scenario(table: ScenarioTable, pool: Pool, name: str) -> Scenario:
    standing = pool.scenario
    stated = table.model_fields_set
    sources = standing.sources
    if table.sources is not None:
        sources = tuple(made for s in table.sources if (made := s.over(pool)) is not None)
    scenario = Scenario(
        name=table.name if table.name is not None else name,
        objective=table.objective.over(standing.objective),
        sources=sources,
        rules=_rules(table, pool),
        on=table.on if "on" in stated else standing.on,
        stay_close=_stay_close(table, standing),
    )
    if table.budget is not None:
        scenario = with_money(scenario, table.budget)
    known = {rule.id for rule in all_rules(scenario)}
    off = standing.off if table.off is None else tuple(table.off)
    return replace(scenario, off=tuple(sorted(set(off) & known)))


def _stay_close(table: ScenarioTable, standing: Scenario) -> Any:
    if "stay_close" not in table.model_fields_set:
        return standing.stay_close
    return None if table.stay_close is None else table.stay_close.to_value()


def _rules(table: ScenarioTable, pool: Pool) -> tuple[Rule, ...]:
    """The file's rules, or the standing ones, or both; the standing total budget stays until
    the file speaks of money itself."""
    if table.rules is None:
        rules = pool.scenario.rules
    else:
        rules = tuple(rule.to_rule(_default_id(k)) for k, rule in enumerate(table.rules))
        if table.keep_rules:
            rules = with_rules(pool.scenario, *rules).rules
    if table.sources is None:
        kept = () if any(isinstance(rule, TotalBudget) for rule in rules) else _standing_money(pool)
        return (*kept, *rules)
    if table.rules is None:
        return tuple(rule for rule in rules if not isinstance(rule, TotalBudget))
    return rules
