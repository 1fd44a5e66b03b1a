"""Tests of what is sent, with a real git, a repository on disk as GitHub, and a stand-in for Pages."""
