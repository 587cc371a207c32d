"""The best mix and every question about it, answered by solving again."""

from optimizer.optimize import optimize
from optimizer.options import Options, Progress
from optimizer.preview import PreviewPoint, preview
from optimizer.steps import Step, lp_rate, next_steps
from optimizer.sweep import BudgetPoint, sweep

__all__ = [
    "BudgetPoint",
    "Options",
    "PreviewPoint",
    "Progress",
    "Step",
    "lp_rate",
    "next_steps",
    "optimize",
    "preview",
    "sweep",
]
