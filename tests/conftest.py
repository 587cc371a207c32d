"""What every test may ask for: the real data beside the checkout, and how hard Hypothesis searches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

# `make test` uses "ci": many cases and the same ones each time, so that a red build stays red.
# By hand, "dev" draws few and fresh ones.
_slow_is_no_fault = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "ci",
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=_slow_is_no_fault,
)
settings.register_profile(
    "dev",
    max_examples=25,
    deadline=None,
    print_blob=True,
    suppress_health_check=_slow_is_no_fault,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this checkout."""
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real project lists and published instances; it is never copied into here."""
    folder = ROOT.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    if IN_CI:
        pytest.fail(f"real data not present: {folder} is not a folder, and CI may not go without")
    pytest.skip("real data not present")
