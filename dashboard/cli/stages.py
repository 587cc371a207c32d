"""`clusterfolio stages`: how many seeds to plant, and what to keep back for those that prove themselves."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

import optimizer
from dashboard.cli.asking import Asked, ask, stopping
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import chosen_documents, pool_document, unit_name, units, worth
from dashboard.cli.mix_report import remarks, title
from dashboard.cli.output import Column, Document, Output, heading, page, paragraph, table
from dashboard.cli.progress import progress_line
from dashboard.services import chosen, mix, stages
from optimizer import Stages
from portfolio.staging.first_stages import Assumed
from portfolio.staging.gates import MOST_OUTCOMES, Luck
from portfolio.wording import money

NO_ANSWER = 1
MOST_SEED = 2**63 - 1


def run(args: argparse.Namespace, out: Output) -> int:
    """Find the best plan in two stages; 1 when there is none, or none was found in time."""
    checks = Checks(args)
    assumed, luck = _assumed(checks), _luck(checks)
    asked = ask(args, checks)
    with (
        stopping() as stop,
        progress_line(mix.progress_words(asked.pool, asked.scenario)) as listen,
    ):
        found = optimizer.stages(
            asked.pool,
            asked.scenario,
            assumed,
            luck,
            asked.options,
            progress=listen,
            cancel=stop,
        )
    out.answer(_document(asked, found, luck), _text(asked, found))
    return 0 if found.plan is not None else NO_ANSWER


def _assumed(checks: Checks) -> Assumed | None:
    share = checks.number("first_share", "--first-share", 0.001, 0.999)
    periods = checks.whole("periods", "--periods", 1, 1_000)
    if share is None:
        if periods is not None:
            checks.add(
                "--periods", str(periods), "Name the share that it lasts for: --first-share."
            )
        return None
    return Assumed(Decimal(str(share)), periods or Assumed().periods)


def _luck(checks: Checks) -> Luck:
    usual = Luck()
    outcomes = checks.whole("outcomes", "--outcomes", 1, MOST_OUTCOMES)
    seed = checks.whole("seed", "--seed", 0, MOST_SEED)
    theme = checks.number("same_theme", "--same-theme", 0, 1)
    sponsor = checks.number("same_lead", "--same-lead", 0, 1)
    technology = checks.number("same_technology", "--same-technology", 0, 1)
    return Luck(
        outcomes=outcomes or usual.outcomes,
        seed=usual.seed if seed is None else seed,
        theme=theme or 0.0,
        sponsor=sponsor or 0.0,
        technology=technology or 0.0,
    )


def _document(asked: Asked, found: Stages, luck: Luck) -> Document:
    pool, scenario = asked.pool, asked.scenario
    plan = found.plan
    return {
        "status": found.status.value,
        "value": worth(found.value),
        "bound": worth(found.bound),
        "gap": found.gap,
        "unit": unit_name(pool, scenario),
        "seeds": [
            {
                "id": each.project,
                "name": pool.project(each.project).name,
                "start": chosen.start_label(pool, each.choice),
                "chance": each.chance,
                "periods": each.periods,
                "first_grant": units(each.first),
                "scale_up_grant": units(each.rest),
                "passes": float(each.passes),
                "scaled_up": float(each.scaled_up),
            }
            for each in found.seeds
        ],
        "funded_at_once": [] if plan is None else chosen_documents(pool, scenario, plan.at_once),
        "planted": len(found.seeds),
        "planted_money": units(found.planted),
        "at_once_money": units(found.spent_at_once),
        "kept_back": units(found.kept_back),
        "kept_back_used": units(found.used),
        "expected_scaled_up": float(found.scaled_up),
        "scaled_up": [
            {"seeds": number, "chance": float(share)} for number, share in enumerate(found.numbers)
        ],
        "at_once": {
            "status": found.at_once.status.value,
            "value": worth(found.at_once.value),
            "bound": worth(found.at_once.bound),
            "chosen": chosen_documents(pool, scenario, found.at_once.chosen),
        },
        "staging_value": worth(found.staging),
        "periods": [
            {
                "period": pool.cluster.calendar.label(period),
                "planted": units(each.planted),
                "at_once": units(each.at_once),
                "kept_back": units(each.kept_back),
            }
            for period, each in enumerate(found.periods)
        ],
        "outcomes": {
            "number": found.outcomes,
            "exact": found.counted,
            "seed": luck.seed,
            "same_theme": luck.theme,
            "same_lead": luck.sponsor,
            "same_technology": luck.technology,
        },
        "trial": _trial(found),
        "staged": found.staged,
        "runtime": round(found.seconds, 3),
        **pool_document(asked),
        "notes": list(asked.notes),
    }


def _trial(found: Stages) -> dict[str, Any] | None:
    trial = found.trial
    if trial is None:
        return None
    gain = found.gain
    return {
        "outcomes": trial.outcomes,
        "mean": worth(trial.mean),
        "error": trial.error / 1_000_000,
        "p5": worth(trial.p5),
        "p50": worth(trial.p50),
        "p95": worth(trial.p95),
        "staging_value": None
        if gain is None
        else {"mean": worth(gain[1]), "low": worth(gain[0]), "high": worth(gain[2])},
    }


def _text(asked: Asked, found: Stages) -> str:
    pool, scenario = asked.pool, asked.scenario
    currency = pool.cluster.currency
    parts = [title(pool, scenario), paragraph(stages.headline(pool, scenario, found))]
    parts += [paragraph(line) for line in stages.context(pool, scenario, found)]
    if found.seeds:
        columns = [
            Column("Id", gives=True),
            Column("Seed", gives=True),
            Column("Chance", "right"),
            Column("First grant", "right"),
            Column("Scale-up", "right"),
            Column("Scaled up", "right"),
        ]
        rows = [
            [
                each.project,
                pool.project(each.project).name,
                stages.of_100(each.chance),
                money(each.first, currency),
                money(each.rest, currency),
                stages.of_100(float(each.scaled_up)),
            ]
            for each in found.seeds
        ]
        parts += [heading("Seeds to plant"), table(columns, rows)]
    if found.plan is not None and found.plan.at_once:
        once = [
            [one.project, pool.project(one.project).name, money(grant, currency)]
            for one, grant in stages.at_once(pool, found)
        ]
        columns = [
            Column("Id", gives=True),
            Column("Project", gives=True),
            Column("Grant", "right"),
        ]
        parts += [heading("Funded at once"), table(columns, once)]
    parts.append(paragraph(stages.basis(found)))
    return page(*parts, remarks(asked))
