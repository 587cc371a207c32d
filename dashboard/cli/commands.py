"""Every command in one table: its name, what it does, an example, its arguments and its module."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

POOL_HELP = (
    "a stored cluster by its name or id (`demo` is the demo's main cluster), or a file: "
    "CSV, Excel or Pabulib .pb"
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `module` holds its `run(args, out) -> int` and is imported when it is asked for.

    `add` declares its arguments. They arrive as text and are checked together later, so that one
    run tells everything that is wrong.
    """

    name: str
    summary: str
    about: str
    examples: tuple[str, ...]
    module: str
    add: Callable[[argparse.ArgumentParser], None]
    json: bool = True
    store: bool = True


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", metavar="N", help="port of this machine (else PORT, else 8501)")
    parser.add_argument(
        "--address",
        metavar="IP",
        help="address to listen on (default 127.0.0.1: this machine alone)",
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the list: CSV, Excel or Pabulib .pb")
    parser.add_argument(
        "--cluster",
        metavar="NAME",
        help="the stored cluster that takes it in; without it, one named after the file, "
        "made when there is none",
    )
    _profile(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="report what would change and write nothing"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="take in all rows or none: stop when any row has a fault",
    )


def _profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--profile", metavar="NAME", help="a saved mapping of columns to fields, such as uk-gmpp"
    )


def _pool(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pool", metavar="POOL", help=POOL_HELP)
    _profile(parser)


def _question(parser: argparse.ArgumentParser) -> None:
    _search(parser)
    parser.add_argument(
        "--budget", metavar="X", help="the money in all, in currency units: 2000000 or 2_000_000"
    )


def _search(parser: argparse.ArgumentParser) -> None:
    _pool(parser)
    parser.add_argument(
        "--scenario",
        metavar="FILE.toml",
        help="the question; without it, the cluster's standing one",
    )
    parser.add_argument(
        "--time-limit", metavar="S", help="seconds to look for the best mix (default 30)"
    )
    parser.add_argument(
        "--gap",
        metavar="G",
        help="stop when at most this share is missing: 0.001 for 0.1 %% (default 0)",
    )


def _recommend(parser: argparse.ArgumentParser) -> None:
    _question(parser)
    parser.add_argument(
        "--k",
        metavar="K",
        help="the K best mixes, not the best alone (1 to 50; 5 where only --apart is named)",
    )
    parser.add_argument(
        "--apart",
        metavar="D",
        help="with --k: mixes of which any two differ by D projects or more (default 1)",
    )
    parser.add_argument(
        "--certificate",
        metavar="FILE",
        help="write the question, the answer and their hash, for clusterfolio verify",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write the answer to a file as well (JSON with --json or .json)",
    )


def _explain(parser: argparse.ArgumentParser) -> None:
    _question(parser)
    parser.add_argument("--project", metavar="ID", help="the proposal, by its id")
    parser.add_argument(
        "--why-not",
        action="store_true",
        help="for one that is out: the least change of payoff, cost, money, each funder and each "
        "rule that brings it in, exact",
    )
    parser.add_argument(
        "--prices",
        action="store_true",
        help="what each rule costs, and what the next money of each funder buys, exact and by rate",
    )
    parser.add_argument(
        "--amount", metavar="X", help="with --prices: how much the next money is (100000)"
    )


def _robust(parser: argparse.ArgumentParser) -> None:
    _question(parser)
    parser.add_argument(
        "--width",
        metavar="W",
        help="weights are known up to this share of themselves, 0.2 for 20 %%; without it their "
        "order alone is",
    )
    parser.add_argument(
        "--range",
        action="store_true",
        help="scores lie anywhere from the members' lowest to their highest, not at their mean",
    )
    parser.add_argument(
        "--draws", metavar="N", help="ways to weigh the criteria, where a sample is taken (1000)"
    )


def _risk(parser: argparse.ArgumentParser) -> None:
    _question(parser)
    parser.add_argument(
        "--outcomes", metavar="N", help="how many cases are drawn, 1 to 1,000,000 (default 10000)"
    )
    parser.add_argument(
        "--seed", metavar="S", help="draw other cases: any whole number (default 1)"
    )
    parser.add_argument(
        "--lose", metavar="AMOUNT", help="how often more than this is lost (default 0: any money)"
    )
    parser.add_argument(
        "--breakthrough",
        metavar="TIMES",
        help="a project that brings so many times its cost is one (default 5)",
    )
    parser.add_argument(
        "--worst", metavar="SHARE", help="tell the mean of the worst cases (default 0.05)"
    )
    parser.add_argument(
        "--same-theme",
        metavar="R",
        help="how alike the luck of two projects of a theme is, 0 to 1 (default 0.15)",
    )
    parser.add_argument(
        "--same-lead", metavar="R", help="the same for two of one lead organization (default 0.1)"
    )
    parser.add_argument(
        "--same-technology",
        metavar="R",
        help="the same for two of one technology (default 0.1, or what the others leave)",
    )
    parser.add_argument(
        "--tail",
        metavar="A",
        help="how rare great payoffs are: the chance falls by the power A (default 3)",
    )
    parser.add_argument(
        "--overrun",
        metavar="SHARE|CLASS",
        help="raise all costs: by 0.24, or by what projects such as “standard buildings” overran",
    )


def _stages(parser: argparse.ArgumentParser) -> None:
    _question(parser)
    parser.add_argument(
        "--first-share",
        metavar="SHARE",
        help="assume a first stage for proposals that state none: this share of their grant",
    )
    parser.add_argument(
        "--periods", metavar="N", help="with --first-share: how many periods it lasts (default 1)"
    )
    parser.add_argument(
        "--outcomes",
        metavar="N",
        help="how many ways the gates may turn out are drawn, where they are too many to count "
        "(default 200)",
    )
    parser.add_argument("--seed", metavar="S", help="draw others: any whole number (default 1)")
    parser.add_argument(
        "--same-theme",
        metavar="R",
        help="how alike the luck of two gates of a theme is, 0 to 1 (default 0: each by itself)",
    )
    parser.add_argument(
        "--same-lead", metavar="R", help="the same for two of one lead organization (default 0)"
    )
    parser.add_argument(
        "--same-technology", metavar="R", help="the same for two of one technology (default 0)"
    )


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a certificate, as recommend writes it")
    parser.add_argument(
        "--resolve", action="store_true", help="solve again as well: the answer must be the same"
    )
    parser.add_argument("--time-limit", metavar="S", help="seconds to solve again (default 30)")


def _sweep(parser: argparse.ArgumentParser) -> None:
    _search(parser)
    parser.add_argument(
        "--by",
        metavar="WHAT",
        default="budget",
        help="budget (default); cvar: what the mix may lose on average in the worst tenth of "
        "outcomes; or payoff, score, benefit, spend, projects: every best trade for it",
    )
    parser.add_argument("--from", metavar="A", dest="first", help="the least money, or loss")
    parser.add_argument("--to", metavar="B", dest="last", help="the most money, or loss")
    parser.add_argument(
        "--steps",
        metavar="N",
        default="10",
        help="how many budgets or losses, evenly from A to B (default 10)",
    )
    parser.add_argument(
        "--workers",
        metavar="ADDRESS",
        help="search on the workers of the Dask scheduler at this address, such as "
        "tcp://host:8786 (left out: on this machine)",
    )


def _review(parser: argparse.ArgumentParser) -> None:
    _pool(parser)
    parser.add_argument("--as-of", metavar="DATE", help="the day to look from (default today)")


def _template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the workbook to write: .xlsx")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _export(parser: argparse.ArgumentParser) -> None:
    _pool(parser)
    parser.add_argument("file", metavar="FILE", help="the file to write: .csv, .xlsx or .toml")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def _db(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("upgrade", "info", "verify"),
        metavar="{upgrade,info,verify}",
        help="upgrade: bring the store to this version; info: what it holds; "
        "verify: whether file and decisions are whole",
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "serve",
        "Serve the dashboard.",
        "Opens the store (makes it with the demo when there is none), prints the address and serves "
        "the dashboard until Ctrl-C.",
        ("clusterfolio serve", "clusterfolio serve --port 8599 --store sqlite:////srv/cluster.db"),
        "serve",
        _serve,
        json=False,
    ),
    Command(
        "import",
        "Take a project list into the store.",
        "Reads a list, reports every cell that cannot be read by row, field, value and remedy, says "
        "what is new, changed and gone, and then takes in the good rows. Nothing is removed: a "
        "project that the list lacks stays as it is.",
        (
            "clusterfolio import projects.csv",
            "clusterfolio import uk_2023.csv --profile uk-gmpp --cluster GMPP --dry-run",
        ),
        "import_list",
        _import,
    ),
    Command(
        "recommend",
        "Find the best mix.",
        "Finds the mix of proposals that is worth most within the money and the rules, says how "
        "sure that is, and where the money goes. When no mix meets all rules, it names the rules "
        "that clash and the smallest change of each that would help.",
        (
            "clusterfolio recommend demo",
            "clusterfolio recommend demo --k 5 --apart 3",
            "clusterfolio recommend projects.csv --budget 2_000_000 --scenario rules.toml --json",
            "clusterfolio recommend poland_warszawa.pb --json",
        ),
        "recommend",
        _recommend,
    ),
    Command(
        "explain",
        "Say why a project is in the mix, or why not, and what rules and money are worth.",
        "Says what putting a project in would cost, or taking it out, who would leave or enter, and "
        "what would change the answer; and what each rule costs and the next money buys.",
        (
            "clusterfolio explain demo --project ice-radar",
            "clusterfolio explain demo --project ice-radar --why-not --json",
            "clusterfolio explain demo --prices --amount 50_000",
            "clusterfolio explain projects.csv --scenario rules.toml --project 12 --json",
        ),
        "explain",
        _explain,
    ),
    Command(
        "robust",
        "Say which proposals belong in however the criteria are weighed.",
        "Gives each proposal's core index: the share of the mixes that are best for some weights "
        "of the criteria which hold it. Core ones are in all of them, exterior ones in none; the "
        "rest is worth the board's time. Exact up to 16 proposals, a sample with a proven band "
        "beyond.",
        (
            "clusterfolio robust demo",
            "clusterfolio robust demo --width 0.2 --json",
            "clusterfolio robust demo --scenario rules.toml --range --draws 200",
        ),
        "robust",
        _robust,
    ),
    Command(
        "risk",
        "Say how well and how badly the best mix may end.",
        "Finds the best mix as recommend does and draws many cases of it, in which projects of one "
        "theme or one lead partly share their luck: what it brings nine times in ten, how often it "
        "loses, how likely a breakthrough is, how many projects fail.",
        (
            "clusterfolio risk demo",
            "clusterfolio risk demo --lose 500_000 --json",
            "clusterfolio risk projects.csv --scenario rules.toml --outcomes 100000 --seed 7",
            'clusterfolio risk demo --overrun "equipment and development:lower"',
        ),
        "risk",
        _risk,
    ),
    Command(
        "stages",
        "Say how many seeds to plant, and what to keep back for scale-ups.",
        "Finds the plan that is worth most on average when many projects get a first stage, the "
        "board decides at the gate, and the few that prove themselves are scaled up: which seeds to "
        "plant, how much money to keep back, and what staging is worth against committing at once.",
        (
            "clusterfolio stages demo",
            "clusterfolio stages demo --first-share 0.2 --periods 1 --json",
            "clusterfolio stages projects.csv --scenario rules.toml --outcomes 100 --seed 7",
        ),
        "stages",
        _stages,
    ),
    Command(
        "verify",
        "Check the certificate of an answer.",
        "Checks hash, rules, money and value of an answer from its certificate alone, in plain "
        "Python and without any solver; with --resolve it also solves the question again.",
        (
            "clusterfolio verify mix.json",
            "clusterfolio verify mix.json --resolve",
        ),
        "verify",
        _verify,
        store=False,
    ),
    Command(
        "sweep",
        "Say what more or less money buys.",
        "Finds the best mix for each of several budgets from A to B, and says at each step who "
        "enters and who leaves.",
        (
            "clusterfolio sweep demo --from 1_000_000 --to 3_000_000 --steps 10",
            "clusterfolio sweep projects.csv --from 0 --to 500000 --steps 5 --json",
            "clusterfolio sweep demo --by cvar --from 0 --to 1_000_000 --steps 5",
            "clusterfolio sweep demo --by score --json",
        ),
        "sweep",
        _sweep,
    ),
    Command(
        "review",
        "Say which running projects are slipping.",
        "Lists the running projects, the latest first, each with its signals and how we know.",
        ("clusterfolio review demo", "clusterfolio review demo --as-of 2026-11-30 --json"),
        "review",
        _review,
    ),
    Command(
        "score",
        "Score the proposals.",
        "Ranks the proposals by weighted score with what each criterion adds, beside payoff, chance, "
        "cost and time.",
        ("clusterfolio score demo", "clusterfolio score projects.csv --json"),
        "score",
        _pool,
    ),
    Command(
        "template",
        "Write an empty workbook to fill in.",
        "Writes an Excel workbook with a column for each field, drop-downs and a field guide. Filled "
        "in, it can be imported as it is.",
        ("clusterfolio template projects.xlsx",),
        "template",
        _template,
        store=False,
    ),
    Command(
        "export",
        "Write a project list to a file.",
        "Writes the projects of a pool as CSV or Excel, in the columns of the template, or its "
        "standing question as a scenario file (.toml).",
        ("clusterfolio export demo projects.xlsx", "clusterfolio export demo question.toml"),
        "export",
        _export,
    ),
    Command(
        "db",
        "Look after the store.",
        "upgrade brings the store to this version of Clusterfolio, info says what it holds, "
        "verify whether the file and the chain of decisions are whole.",
        (
            "clusterfolio db info",
            "clusterfolio db verify",
            "clusterfolio db upgrade --store sqlite:////srv/cluster.db",
        ),
        "db",
        _db,
    ),
)
