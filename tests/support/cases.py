"""How many random cases a property is tried on."""

from __future__ import annotations

from hypothesis import settings

USUAL_IN_CI = 200


def cases(in_ci: int) -> settings:
    """`in_ci` cases under the profile "ci", and as many fewer under another as it usually draws."""
    usual = settings.default.max_examples if settings.default else USUAL_IN_CI
    return settings(max_examples=max(1, in_ci * usual // USUAL_IN_CI))
