"""What day it is; one place, so that a test can turn the clock."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """Today."""
    return date.today()
