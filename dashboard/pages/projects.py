"""projects."""

from dashboard.components import page

page.begin("projects")
