"""The same command line to type at as the unit tests have."""

from tests.unit.cli.conftest import Said, Type, cf, store_url

__all__ = ["Said", "Type", "cf", "store_url"]
