"""Who may pay for what, and under which rules."""
