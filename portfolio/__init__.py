"""The portfolio model: pure values and functions, importing nothing of the world."""
