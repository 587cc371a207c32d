"""The command line: every service of the dashboard without the dashboard."""

from dashboard.cli.program import main

__all__ = ["main"]
