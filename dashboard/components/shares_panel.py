"""Theme shares of a mix against the limits of the rules, as dots in bands and as a table."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, frames
from dashboard.components import chart
from dashboard.components.answer import heading
from dashboard.components.markdown import plain
from dashboard.components.shares import Share, limits, share_dots
from dashboard.services import overview
from dashboard.services.mix import Answered

MOST = 15


def shares_panel(answered: Answered, key: tuple[object, ...]) -> None:
    """Heading with the finding, the dots, and the same rows as a table."""
    shares = cache.remember(("shares", key), lambda: overview.theme_shares(answered))
    if len(shares) < 2 or not answered.selection.spend:
        return
    finding = overview.shares_finding(shares)
    heading(plain(finding))
    st.caption(
        "Share of the best mix's money by theme, in percent. The band is what the rules allow."
    )
    shown = sorted(shares, key=lambda share: (-share.share, share.theme))[:MOST]
    rows = [Share(s.theme, s.share * 100, _percent(s.at_least), _percent(s.at_most)) for s in shown]
    mode = chart.mode()
    chart.show(
        cache.remember(("share dots", key, mode), lambda: share_dots(rows, mode)),
        key="overview.shares",
        alt=finding,
    )
    if len(shares) > len(shown):
        st.caption(f"The {MOST} largest of {len(shares)} themes are drawn.")
    with st.expander("The same as a table"):
        st.table(
            frames.rows(
                ("Theme", "Share", "Allowed"),
                [(plain(row.name), f"{row.share:.1f} %", limits(row)) for row in rows],
            ),
            hide_index=True,
            alt="Themes with their share of the money and what the rules allow",
        )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 4)
