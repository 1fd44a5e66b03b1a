"""Tests of storysite.tell: the documents for people."""
