"""Tranches: a first stage of many projects, and a scale-up of those that pass their gate."""
