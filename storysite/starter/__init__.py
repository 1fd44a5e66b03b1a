"""New sites and new posts."""
