"""The seconds of each stage of a build, for `--timings`."""

from time import perf_counter


class Timings:
    """Counts the seconds from one lap to the next, by name."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        """End the stage `name`."""
        now = perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + now - self._last
        self._last = now
