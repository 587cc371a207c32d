"""The fictional Halm Maritime Cluster: what its board decided in September, with less money."""

from __future__ import annotations

from datetime import UTC, datetime

TITLE = "First mix for 2027"
WHO = "Maren Oldsen"
WHY = (
    "The national agency had not yet confirmed its share, so we planned with 1.85 million. Munitions "
    "finder is in because nobody else can do it; we asked the pilots to come back in December."
)
AT = datetime(2026, 9, 17, 16, 40, tzinfo=UTC)
NAME = "September 2026 board"
MONEY = 185_000_000

# The best mix for that money, as the engine found it; a test asks the engine again.
CHOSEN = (
    "apprentices",
    "ballast-heat",
    "buyers-week",
    "collision-pool",
    "corrosion-wall",
    "data-school",
    "methanol",
    "mooring-robot",
    "munitions",
    "second-basin",
    "simulator",
    "teachers",
    "tender-desk",
    "trawler-power",
    "whale-listener",
)

# Proposals that arrived since.
NOT_YET = ("busan-stand", "cluster-label", "yard-exports")
