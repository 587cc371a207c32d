"""Import."""

from dashboard.components import page

page.begin("Import a list")
