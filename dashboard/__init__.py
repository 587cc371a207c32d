"""The dashboard: services without Streamlit, and the screens and commands that use them."""
