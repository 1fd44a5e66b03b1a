# One command makes the site of this repository, two run its tests; each sets up all it needs.
PYTHON ?= python3
BIN := .venv/bin
QUICK := not browser and not process and not long

LOCK := storysite/starter/files/tool/requirements.txt
TEST_LOCK := tests/requirements.txt
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: site check test style coverage audit lock bench clean

site: .venv/ready
	$(BIN)/storysite build

# What finds most mistakes soonest: style, types, and the tests that need nothing but Python.
check: style
	$(BIN)/pytest -n auto -m "$(QUICK)"

test: style
	$(BIN)/pytest -n auto

# Which lines the quick tests reach; they take twice as long while they are watched. The others are not watched: most of
# what they run is in other processes, and to follow these would take longer still, for few lines more.
coverage: .venv/ready-for-tests
	$(BIN)/pytest -n auto -m "$(QUICK)" --cov --cov-report=
	$(BIN)/coverage report --sort=-miss > .venv/coverage.txt && head -n 12 .venv/coverage.txt
	@echo "Lines that the quick tests reach, in percent:" && $(BIN)/coverage report --format=total

style: .venv/ready-for-tests
	$(BIN)/ruff check storysite tests
	$(BIN)/ruff format --check storysite tests
	$(BIN)/mypy

bench: .venv/ready-for-bench
	$(BIN)/python -m tests.bench.run $(BENCH)

# Which of the libraries have a known security hole.
audit: .venv/ready
	$(INSTALL) "pip-audit>=2.9,<3"
	$(BIN)/pip-audit --vulnerability-service osv --disable-pip --requirement $(TEST_LOCK)

# The newest libraries that pyproject.toml allows, on every system, by the hashes of their files. A new site gets the
# first list, so that in years to come it is still built by what it was tried with.
lock: .venv/ready
	$(INSTALL) uv
	$(COMPILE) --upgrade --extra test pyproject.toml --output-file $(TEST_LOCK)
	$(COMPILE) --upgrade --constraint $(TEST_LOCK) pyproject.toml --output-file $(LOCK)

.venv/ready: pyproject.toml $(LOCK)
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes --requirement $(LOCK)
	$(INSTALL) --no-deps --editable .
	touch $@

.venv/ready-for-tests: .venv/ready $(TEST_LOCK)
	$(INSTALL) --require-hashes --requirement $(TEST_LOCK)
	touch $@

.venv/ready-for-bench: .venv/ready-for-tests
	$(INSTALL) --editable ".[bench]"
	touch $@

clean:
	rm -rf .venv _site .storysite dist
