"""Running projects: how far behind they are, how we know, and what to do about them."""
