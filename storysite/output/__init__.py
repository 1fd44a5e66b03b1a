"""Bytes → the output folder."""
