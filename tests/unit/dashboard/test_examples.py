"""The examples in the docstrings of the dashboard hold."""

import doctest
import importlib
import pkgutil

import pytest

import dashboard.components
import dashboard.services

MODULES = sorted(
    f"{package.__name__}.{module.name}"
    for package in (dashboard.components, dashboard.services)
    for module in pkgutil.iter_modules(package.__path__)
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    failed, _ = doctest.testmod(
        importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert failed == 0
