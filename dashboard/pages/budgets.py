"""Overview: what needs a decision today."""

from dashboard.components import page

page.begin("What needs a decision today")
