"""settings."""

from dashboard.components import page

page.begin("settings")
