"""`python -m storysite` is the command `storysite`."""

from storysite.cli import main

if __name__ == "__main__":  # a worker process that is started afresh imports this file, and must not begin a build
    main()
