"""Files that a command writes."""

from __future__ import annotations

from pathlib import Path

from portfolio.errors import InputError, Problem


def write_file(path: Path, content: bytes) -> None:
    """Write a file; InputError where the machine refuses."""
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or "the machine refused"
        raise InputError(
            (Problem("FILE", str(path), f"It cannot be written: {reason}."),)
        ) from None
