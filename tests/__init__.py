"""Tests are sentences: what storysite does, and that it goes on doing it."""
