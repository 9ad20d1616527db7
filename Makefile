# Only python3 (3.11 or newer) and make are assumed; everything else is installed into .venv.
#
#   make demo    read the shipped stories into demo.ledger, show one of them, search them all
#   make test    style, types, import rules and tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src -type f ! -path '*/__pycache__/*')
STORIES := src/onrecord/demo/stories.jsonl

.PHONY: help demo test lint wheel clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/installed
	$(BIN)/onrecord add demo.ledger $(STORIES)
	head -n 1 $(STORIES) | $(BIN)/onrecord read -
	$(BIN)/onrecord search demo.ledger "security guarantees" --limit 5

test: lint
	$(BIN)/python -m pytest -rs

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(VENV)/installed-dev
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build demo.ledger demo.ledger-wal demo.ledger-shm

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer; try make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { echo "on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# With the development install in place, the sources are already what runs.
$(VENV)/installed: $(VENV)/made pyproject.toml $(SOURCES)
	@test -e $(VENV)/installed-dev || { echo "installing onrecord into $(VENV)"; $(BIN)/python -m pip install --quiet --disable-pip-version-check .; }
	@touch $@

$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "installing onrecord and its development tools into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
