"""Scores of a project: payoff, risk, resources, timeline, and the board's criteria."""
