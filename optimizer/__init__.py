"""The best mix and every question about it, answered by solving again."""

from optimizer.infeasibility import Clash, ClashRule, clash
from optimizer.optimize import optimize
from optimizer.options import Options, Progress
from optimizer.preview import PreviewPoint, preview
from optimizer.repairs import Repair
from optimizer.steps import Step, lp_rate, next_steps
from optimizer.sweep import BudgetPoint, sweep

__all__ = [
    "BudgetPoint",
    "Clash",
    "ClashRule",
    "Options",
    "PreviewPoint",
    "Progress",
    "Repair",
    "Step",
    "clash",
    "lp_rate",
    "next_steps",
    "optimize",
    "preview",
    "sweep",
]
