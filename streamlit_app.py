"""The entry of the dashboard: page settings, navigation, and the page that was asked for."""

from pathlib import Path

import streamlit as st

from dashboard import navigation, state
from dashboard.components.errors import boundary
from dashboard.components.shell import shell
from dashboard.components.work import only_what_is_looked_at

STATIC = Path(__file__).resolve().parent / "dashboard" / "static"

st.set_page_config(
    page_icon=STATIC / "favicon.png",
    layout="wide",
    initial_sidebar_state="auto",
)
st.logo(STATIC / "logo.svg", size="medium")
state.sync_address()
page = st.navigation(navigation.pages(), position="top")
with only_what_is_looked_at(), boundary(), shell():
    page.run()
