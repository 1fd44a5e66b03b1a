# One command makes the site of this repository, one runs its tests; each sets up all it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test bench clean

site: .venv/ready
	$(BIN)/storysite build

test: .venv/ready-for-tests
	$(BIN)/ruff check storysite tests
	$(BIN)/ruff format --check storysite tests
	$(BIN)/mypy
	$(BIN)/pytest -n auto

bench: .venv/ready-for-bench
	$(BIN)/python -m tests.bench.run $(BENCH)

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/ready-for-tests: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@

.venv/ready-for-bench: .venv/ready-for-tests
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[bench]"
	touch $@

clean:
	rm -rf .venv _site .storysite dist
