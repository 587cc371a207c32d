"""A mix as plain text: the answer in a sentence, its proof, who is in, the money and the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from dashboard.cli.asking import Asked
from dashboard.cli.clash_report import clash_text
from dashboard.cli.others import others_text
from dashboard.cli.output import Column, bullets, heading, page, paragraph, table
from dashboard.cli.solving import Solved
from dashboard.services import chosen, mix, words
from dashboard.services.mix import Answered
from dashboard.services.schedule import spend_by_period, spend_by_source
from optimizer import Alternatives
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring import value
from portfolio.selection import Selection
from portfolio.wording import MINUS, count, listed, money

MOST_SOURCES = 5
"""Columns of sources that a line has room for."""
MOST_CHOSEN = 100
"""Projects that a reader looks through."""


def mix_report(asked: Asked, solved: Solved, found: Alternatives | None = None) -> str:
    """The whole answer, with other mixes where they were asked for."""
    answered, clash = solved.answered, solved.clash
    pool, scenario, selection = answered.pool, answered.scenario, answered.selection
    return page(
        title(pool, scenario),
        "\n".join(paragraph(line) for line in answer(answered)),
        chosen_table(pool, scenario, selection),
        money_table(pool, scenario, selection),
        rules_table(pool, selection),
        "" if found is None else others_text(pool, scenario, found),
        "" if clash is None else clash_text(asked.pool, asked.scenario, clash),
        remarks(asked),
    )


def title(pool: Pool, scenario: Scenario) -> str:
    """Whose question it is, and its name."""
    parts = dict.fromkeys(filter(None, (pool.cluster.name, scenario.name)))
    name = ": ".join(parts)
    return heading(f"{name} (fictional)" if pool.cluster.fictional else name)


def answer(answered: Answered) -> list[str]:
    """The answer, what it rests on, and its proof."""
    lines = [f"{mix.headline(answered)} {mix.context(answered)}"]
    if answered.selection.status.has_mix:
        met, rules = mix.rules_met(answered)
        seconds = f"{answered.selection.seconds:.1f}"
        lines.append(
            f"{mix.certainty(answered)} · {met} of {count(rules, 'rule')} met · {seconds} s"
        )
    return lines


def chosen_table(pool: Pool, scenario: Scenario, selection: Selection) -> str:
    """Who is in, dearest worth first."""
    if not selection.chosen:
        return ""
    known = chosen.as_chosen(pool, scenario.objective, selection.chosen)
    unknown = (
        value.incomplete(pool, scenario.objective) if scenario.objective.aim != "blend" else {}
    )
    unit = value.unit(scenario.objective)
    currency = pool.cluster.currency
    open_starts = any(choice.start is not None for choice in selection.chosen)
    open_versions = any(choice.version is not None for choice in selection.chosen)
    with_cost = any(one.project.co_funding for one in known.values())
    columns = [Column("Id", gives=True), Column("Project", gives=True)]
    columns += [Column("Version")] * open_versions + [Column("Start")] * open_starts
    heads = {"money": "Expected payoff", "points": "Points", "benefit": "Benefit"}
    columns += [Column("Cost", "right")] * with_cost
    columns += [Column("Grant", "right"), Column(heads[unit], "right")]
    rows = []
    best_first = sorted(known.values(), key=lambda one: (-one.worth, one.project.id))
    for one in best_first[:MOST_CHOSEN]:
        row = [one.project.id, one.project.name]
        row += [one.choice.version or ""] * open_versions
        row += [chosen.start_label(pool, one.choice) or ""] * open_starts
        row += [plain_money(one.project.cost, currency)] * with_cost
        told = one.project.id not in unknown
        number = table_worth(one.worth, unit, currency) if told else "not known"
        rows.append([*row, plain_money(one.project.grant, currency), number])
    more = len(best_first) - MOST_CHOSEN
    rest = f"and {more:,} more, which --json and --out FILE.json list" if more > 0 else ""
    return page(heading("In the mix"), table(columns, rows), rest)


def plain_money(cents: int | Fraction, currency: str) -> str:
    """Money for a table: whole units, all digits.

    >>> plain_money(180_000_000, "EUR"), plain_money(-50, "DKK")
    ('€1,800,000', '−DKK 0')
    """
    sign = MINUS if cents < 0 else ""
    return f"{sign}{words.symbol(currency)}{round(abs(Fraction(cents)) / 100):,}".replace(
        "\u00a0", " "
    )


def table_worth(micro: int, unit: value.Unit, currency: str) -> str:
    """Worth for a table: whole currency units, points with a decimal, benefit as it is.

    >>> table_worth(1_234_567_890, "money", "EUR"), table_worth(29_000_000, "points", "")
    ('€1,235', '29.0')
    """
    if unit == "money":
        return plain_money(words.micro_to_cents(micro), currency)
    if unit == "points":
        return f"{micro / value.MICRO:,.1f}"
    return words.number(Fraction(micro, value.MICRO))


def money_table(pool: Pool, scenario: Scenario, selection: Selection) -> str:
    """Where the money comes from: a line a period, a column a source, and how much is left."""
    if not selection.chosen:
        return ""
    calendar, currency = pool.cluster.calendar, pool.cluster.currency
    paid = spend_by_source(pool, scenario, selection)
    totals = spend_by_period(pool, selection)
    names = {source.id: source.name for source in scenario.sources}
    shown = list(paid) if len(paid) <= MOST_SOURCES else []
    if calendar.count == 1 and not paid:
        return ""
    columns = [Column("Period"), *(Column(names[source], "right", True) for source in shown)]
    columns.append(Column("Together", "right"))
    rows = [
        [calendar.label(t), *_moneys([paid[s][t] for s in shown] + [totals[t]], currency)]
        for t in range(calendar.count)
    ]
    rows.append(["All", *_moneys([sum(paid[s]) for s in shown] + [selection.spend], currency)])
    return page(
        heading("Where the money goes"), table(columns, rows), _by_source(pool, scenario, paid)
    )


def _moneys(amounts: Sequence[int], currency: str) -> list[str]:
    return [plain_money(cents, currency) for cents in amounts]


def _by_source(pool: Pool, scenario: Scenario, paid: Mapping[str, Sequence[int]]) -> str:
    currency = pool.cluster.currency
    sentences = [
        f"{source.name} pays {money(sum(paid[source.id]), currency)} "
        f"of its {money(source.total, currency)}."
        for source in scenario.sources
    ]
    return "\n".join(paragraph(sentence) for sentence in sentences)


def rules_table(pool: Pool, selection: Selection) -> str:
    """Each rule by its sentence, and how it stands in the mix at its tightest."""
    if not selection.checks:
        return ""
    columns = [Column("Rule", gives=True), Column("How it stands", gives=True)]
    rows = [
        [check.sentence, mix.check_words(check, pool.cluster.currency)]
        for check in selection.checks
    ]
    return page(heading("Rules"), table(columns, rows))


def remarks(asked: Asked) -> str:
    """What was assumed, what is missing, and how much of a file could not be read."""
    pool, objective = asked.pool, asked.scenario.objective
    notes = list(asked.notes)
    if asked.found.problems:
        cells = count(len(asked.found.problems), "cell")
        notes.append(f"{cells} of the file could not be read; clusterfolio import lists each.")
    unpriced = {project.id: "its cost is not known" for project in pool.incomplete}
    notes += _grouped(pool, unpriced, "Out of the question")
    notes += _grouped(pool, value.incomplete(pool, objective), "Worth nothing, or only in part")
    notes += _grouped(pool, value.assumed(pool, objective), "On an assumption")
    return page(heading("To know"), bullets(notes)) if notes else ""


def _grouped(pool: Pool, reasons: Mapping[str, str], what: str) -> list[str]:
    """A line for each reason, with those it holds for."""
    by_reason: dict[str, list[str]] = {}
    for project_id, reason in reasons.items():
        by_reason.setdefault(reason, []).append(pool.project(project_id).name)
    return [f"{what}, as {reason}: {listed(names, most=5)}." for reason, names in by_reason.items()]
