"""One short file per command: arguments → one function. Only these print or exit."""
