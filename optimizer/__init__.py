"""The best mix and every question about it, answered by solving again."""

from optimizer.alternatives import Alternatives, alternatives
from optimizer.ask_next import Ask, Knowing
from optimizer.band import BandPoint, band
from optimizer.explain import ForcedCost, RulePrice, forced_costs, rule_prices
from optimizer.fanout import Workers
from optimizer.frontier import MOST_POINTS, Front, FrontPoint, Gap, frontier
from optimizer.infeasibility import Clash, ClashRule, clash
from optimizer.loss_sweep import LossPoint, loss_sweep
from optimizer.optimize import optimize
from optimizer.options import Options, Progress
from optimizer.preview import PreviewPoint, preview
from optimizer.purchases import Purchase, purchases
from optimizer.rate import lp_rate
from optimizer.repairs import Repair
from optimizer.robustness import CoreIndex, Robustness, robustness
from optimizer.routes import Explanation, explain_project
from optimizer.second import Second, WorstOutcomes, second_of
from optimizer.stages import AtOnce, Seed, Stages, Trial, stages
from optimizer.steps import Step, next_steps
from optimizer.sweep import BudgetPoint, sweep
from optimizer.whynot import Lever, Route, WhyNot, why_not

__all__ = [
    "MOST_POINTS",
    "Alternatives",
    "Ask",
    "AtOnce",
    "BandPoint",
    "BudgetPoint",
    "Clash",
    "ClashRule",
    "CoreIndex",
    "Explanation",
    "ForcedCost",
    "Front",
    "FrontPoint",
    "Gap",
    "Knowing",
    "Lever",
    "LossPoint",
    "Options",
    "PreviewPoint",
    "Progress",
    "Purchase",
    "Repair",
    "Robustness",
    "Route",
    "RulePrice",
    "Second",
    "Seed",
    "Stages",
    "Step",
    "Trial",
    "WhyNot",
    "Workers",
    "WorstOutcomes",
    "alternatives",
    "band",
    "clash",
    "explain_project",
    "forced_costs",
    "frontier",
    "loss_sweep",
    "lp_rate",
    "next_steps",
    "optimize",
    "preview",
    "purchases",
    "robustness",
    "rule_prices",
    "second_of",
    "stages",
    "sweep",
    "why_not",
]
