"""What the screens and the commands ask of the model, the engine and the store; no Streamlit here."""
