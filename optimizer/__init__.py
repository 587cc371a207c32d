"""The best mix and every question about it, answered by solving again."""

from optimizer.optimize import optimize
from optimizer.options import Options, Progress

__all__ = ["Options", "Progress", "optimize"]
