"""How long builds take, beside other generators: run with `make bench`. Nothing here is a test."""
