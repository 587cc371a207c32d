"""What is known while the best mix is looked for, on one line of a terminal that is then wiped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dashboard.cli.output import WIDTH, clean

_WIPE = "\r\x1b[K"


@contextmanager
def progress_line(words: Callable[[object], str]) -> Iterator[Callable[[object], None]]:
    """A listener that shows each report in words on stderr; silent where nobody looks on."""
    if not sys.stderr.isatty():
        yield lambda report: None
        return

    def show(report: object) -> None:
        sys.stderr.write(f"{_WIPE}{clean(words(report))[: WIDTH - 20]} Ctrl-C stops.")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write(_WIPE)
        sys.stderr.flush()
