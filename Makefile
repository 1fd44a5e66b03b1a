# One command makes the site of this repository, two run its tests; each sets up all it needs.
PYTHON ?= python3
BIN := .venv/bin
QUICK := not browser and not process and not long

.PHONY: site check test style bench clean

site: .venv/ready
	$(BIN)/storysite build

# What finds most mistakes soonest: style, types, and the tests that need nothing but Python.
check: style
	$(BIN)/pytest -n auto -m "$(QUICK)"

# The quick tests are measured. The others are not: most of what they run is in other processes, and to watch these and
# the thousands of builds of the random sessions would take much longer than the tests, for few lines more.
test: style
	$(BIN)/pytest -n auto -m "$(QUICK)" --cov --cov-report=
	$(BIN)/pytest -n auto -m "not ($(QUICK))"
	$(BIN)/coverage report --sort=-miss > .venv/coverage.txt && head -n 12 .venv/coverage.txt
	@echo "Lines that the quick tests reach, in percent:" && $(BIN)/coverage report --format=total

style: .venv/ready-for-tests
	$(BIN)/ruff check storysite tests
	$(BIN)/ruff format --check storysite tests
	$(BIN)/mypy

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
