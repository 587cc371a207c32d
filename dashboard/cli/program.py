"""The program: understand what was typed, run the command, and turn every ending into an exit status."""

from __future__ import annotations

import argparse
import io
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from importlib import import_module

from dashboard.cli.arguments import parse, parser
from dashboard.cli.commands import Command
from dashboard.cli.output import Output
from portfolio.errors import ClusterfolioError, EngineError, InputError, Problem

DONE, NO_ANSWER, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130

OUR_PACKAGES = ("dashboard", "data", "optimizer", "portfolio")

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. No exception and no stack trace leaves it."""
    typed = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    out = Output(as_json="--json" in typed)
    try:
        status = _run(typed, out)
        _end_at_once_beside_late_work(status)
        return status
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone: nobody is left to tell anything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _end_at_once_beside_late_work(status: int) -> None:
    """End here where a search that was not waited for still runs: it cannot be taken down with us."""
    solver = sys.modules.get("optimizer.solver")
    if solver is not None and solver.left_alone():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _run(typed: list[str], out: Output) -> int:
    try:
        args, command = parse(typed)
        if command is None:
            out.text(parser().format_help().rstrip())
            return DONE
        _begin_log(args.verbose, serves=command.module == "serve")
        status = _call(command, args, out)
        out.flush()
        return status
    except InputError as error:
        return out.problems(error.problems, BAD_INPUT)
    except EngineError as error:
        return _our_fault(out, error)
    except ClusterfolioError as error:
        return out.problems((Problem("Input", "", str(error)),), BAD_INPUT)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        out.aside("Stopped.")
        return INTERRUPTED
    except Exception as error:
        return _our_fault(out, error)


def _call(command: Command, args: argparse.Namespace, out: Output) -> int:
    module = import_module(f"dashboard.cli.{command.module}")
    status: int = module.run(args, out)
    return status


def _our_fault(out: Output, error: Exception) -> int:
    """One sentence with a code; what happened goes to the log under the same code."""
    code = secrets.token_hex(2).upper()
    log.error("Reference %s", code, exc_info=error)
    remedy = f"Something is wrong on our side (ref. {code}). With --verbose the log says what."
    return out.problems((Problem("Clusterfolio", "", remedy),), OUR_FAULT)


def _begin_log(verbose: bool, serves: bool) -> None:
    """Quiet unless asked. Even then the log goes to stderr, never into an answer.

    A server tells what is behind each reference code it shows: nobody could ask it again.
    """
    handler: logging.Handler = logging.NullHandler()
    if verbose or serves:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in OUR_PACKAGES:
        logging.getLogger(name).setLevel(logging.DEBUG if verbose else logging.WARNING)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; text that has none is escaped, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
