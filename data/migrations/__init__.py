"""The store's versions: each migration brings the tables one step further."""
