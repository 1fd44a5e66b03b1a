"""Markdown → HTML."""
