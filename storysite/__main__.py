"""`python -m storysite` is the command `storysite`."""

from storysite.cli import main

main()
