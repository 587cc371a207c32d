"""`clusterfolio risk`: how well and how badly the best mix may end."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.cli.asking import Asked, ask
from dashboard.cli.checks import Checks
from dashboard.cli.mix_document import chosen_documents, pool_document, units
from dashboard.cli.mix_report import remarks, title
from dashboard.cli.output import Column, Document, Output, bullets, heading, page, paragraph, table
from dashboard.cli.solving import best
from dashboard.services import mix, risk
from dashboard.services.mix import Answered
from dashboard.services.risk import Look
from portfolio.simulation.assumptions import MOST_OUTCOMES, MOST_TAIL, Assumptions
from portfolio.simulation.figures import MOST_TIMES, Marks
from portfolio.wording import listed

NO_ANSWER = 1
MOST_SEED = 2**63 - 1


def run(args: argparse.Namespace, out: Output) -> int:
    """Find the best mix and simulate it; 1 when no mix was found."""
    checks = Checks(args)
    assumptions, marks = _assumptions(checks, args), _marks(checks)
    asked = ask(args, checks)
    answered = best(asked)
    if not answered.selection.status.has_mix:
        out.answer(_document(asked, answered, assumptions, None), _no_mix(asked, answered))
        return NO_ANSWER
    seen = risk.look(answered.mix, assumptions, marks)
    out.answer(
        _document(asked, answered, assumptions, seen), _text(asked, answered, assumptions, seen)
    )
    return 0


def _assumptions(checks: Checks, args: argparse.Namespace) -> Assumptions:
    usual = Assumptions()
    outcomes = checks.whole("outcomes", "--outcomes", 1, MOST_OUTCOMES)
    seed = checks.whole("seed", "--seed", 0, MOST_SEED)
    theme = checks.number("same_theme", "--same-theme", 0, 1)
    sponsor = checks.number("same_lead", "--same-lead", 0, 1)
    technology = checks.number("same_technology", "--same-technology", 0, 1)
    tail = checks.number("tail", "--tail", 1.01, MOST_TAIL)
    uplift = None if args.overrun is None else risk.overrun(args.overrun)
    if args.overrun is not None and uplift is None:
        remedy = f"Write a share such as 0.24, or {risk.overrun_classes()}."
        checks.add("--overrun", args.overrun, remedy)
    theme = usual.theme if theme is None else theme
    sponsor = usual.sponsor if sponsor is None else sponsor
    shares = {"--same-theme": theme, "--same-lead": sponsor, "--same-technology": technology}
    told = {option: share for option, share in shares.items() if share is not None}
    if sum(told.values()) > 1:
        together = " + ".join(f"{share:g}" for share in told.values())
        checks.add(listed(told), together, "Together they may be at most 1.")
    return Assumptions(
        outcomes=outcomes or usual.outcomes,
        seed=usual.seed if seed is None else seed,
        theme=theme,
        sponsor=sponsor,
        technology=technology,
        tail=usual.tail if tail is None else tail,
        uplift=usual.uplift if uplift is None else uplift,
    )


def _marks(checks: Checks) -> Marks:
    usual = Marks()
    lose = checks.money("lose", "--lose")
    times = checks.number("breakthrough", "--breakthrough", 0, MOST_TIMES)
    worst = checks.number("worst", "--worst", 0.0001, 1)
    return Marks(
        lose=usual.lose if lose is None else lose,
        times=usual.times if times is None else times,
        beta=usual.beta if worst is None else round(1 - worst, 12),
    )


def _document(
    asked: Asked, answered: Answered, assumptions: Assumptions, seen: Look | None
) -> Document:
    return {
        "status": answered.selection.status.value,
        "chosen": chosen_documents(answered.pool, answered.scenario, answered.selection.chosen),
        "risk": None if seen is None else _figures(seen),
        "assumptions": {
            "outcomes": assumptions.outcomes,
            "seed": assumptions.seed,
            "same_theme": assumptions.theme,
            "same_lead": assumptions.sponsor,
            "same_technology": assumptions.loading("technology"),
            "tail": assumptions.tail,
            "overrun": assumptions.uplift,
        },
        **pool_document(asked),
        "notes": list(asked.notes),
    }


def _figures(seen: Look) -> dict[str, Any]:
    figures = seen.figures
    return {
        "outcomes": figures.outcomes,
        "projects": figures.projects,
        "expected": units(figures.expected),
        "mean": units(figures.mean),
        "mean_error": units(figures.mean_error),
        "sd": units(figures.sd),
        "p5": units(figures.p5),
        "p50": units(figures.p50),
        "p95": units(figures.p95),
        "loss": {"more_than": units(figures.marks.lose), "chance": figures.loss},
        "breakthrough": {"times": figures.marks.times, "chance": figures.breakthrough},
        "expected_failures": round(figures.failures, 9),
        "worst": {"share": round(1 - figures.marks.beta, 12), "mean": units(-figures.cvar)},
        "not_known": {
            "payoff": figures.gaps.payoff,
            "chance": figures.gaps.chance,
            "spread": figures.gaps.spread,
        },
        "histogram": [
            {
                "from": units(bar.low),
                "to": units(bar.high),
                "share": bar.cases / figures.outcomes,
            }
            for bar in seen.bars
        ],
    }


def _text(asked: Asked, answered: Answered, assumptions: Assumptions, seen: Look) -> str:
    currency = answered.pool.cluster.currency
    parts = [
        title(answered.pool, answered.scenario),
        paragraph(f"{mix.headline(answered)} {mix.context(answered)}"),
        heading("What could go wrong"),
        paragraph(risk.headline(seen, currency)),
    ]
    if not seen.empty:
        figures = [Column("Of the whole mix, after all costs", gives=True), Column("", "right")]
        spans = [Column("The mix ends at"), Column("Cases", "right")]
        whole = seen.figures.outcomes
        ends = [
            (risk.range_words(bar, currency), risk.share_words(bar, whole)) for bar in seen.bars
        ]
        parts += [
            paragraph(risk.context(seen)),
            table(figures, risk.rows(seen, currency)),
            table(spans, ends),
            paragraph(risk.basis(seen, assumptions)),
        ]
    beside = [*risk.unknown(seen), *filter(None, [risk.together(answered)])]
    return page(*parts, bullets(beside), remarks(asked))


def _no_mix(asked: Asked, answered: Answered) -> str:
    return page(
        title(asked.pool, asked.scenario),
        paragraph(f"{mix.headline(answered)} Without a mix there is nothing that could go wrong."),
        paragraph("clusterfolio recommend says what would help."),
        remarks(asked),
    )
