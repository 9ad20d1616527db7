# Only python3 (3.11 or newer) and make are assumed; everything else is installed into .venv.
#
#   make demo    read the shipped stories into demo.ledger, link them, show what is in it
#   make test    style, types, import rules and tests
#   make model   train the tagger anew (hours on two cores; resumes where it stopped)
#   make pairs   fit anew what tells how two statements stand to each other (minutes)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src -type f ! -path '*/__pycache__/*')
STORIES := src/onrecord/demo/stories.jsonl

.PHONY: help demo test lint wheel model pairs clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/installed
	$(BIN)/onrecord add demo.ledger $(STORIES)
	$(BIN)/onrecord link demo.ledger
	$(BIN)/onrecord issue find demo.ledger
	head -n 1 $(STORIES) | $(BIN)/onrecord read -
	$(BIN)/onrecord search demo.ledger "security guarantees" --limit 5
	$(BIN)/onrecord conflicts demo.ledger --limit 3
	@echo
	@echo "Open the reading room on it:  $(BIN)/onrecord serve demo.ledger --open"

test: lint
	$(BIN)/python -m pytest -rs

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

DATA ?= ../shared/data/attribution
MENTIONS ?= $(DATA)/../mentions
GOLD := ../shared/data/gold
MODEL := src/onrecord/models/tagger

# With a fixed arena the allocator keeps the large tensors; without it half the time goes to fresh pages.
model: export MALLOC_MMAP_THRESHOLD_ = 4294967296
model: export MALLOC_TRIM_THRESHOLD_ = 17179869184
model: $(VENV)/installed-train
	$(BIN)/python -m training.train --data $(DATA) --out work/first --steps 1400 --decay 500
	$(BIN)/python -m training.train --data $(DATA) --out work/second --init work/first/average.pt --seed 7 \
		--steps 440 --decay 400 --warm-up 30 --encoder-rate 1e-4 --head-rate 4e-4 --plain 0.6 0.7 --average 0.99
	$(BIN)/python -m training.average work/first/average.pt work/second/average.pt --out work/statements.pt
	$(BIN)/python -m training.train --data $(DATA) --mentions $(MENTIONS) --out work/joint --init work/statements.pt \
		--seed 21 --steps 950 --decay 600 --warm-up 50 --encoder-rate 1.2e-4 --head-rate 6e-4 --plain 0.5 0.6 \
		--average 0.994 --cover 0.06
	$(BIN)/python -m training.average work/joint/average.pt work/statements.pt --out work/both.pt
	$(BIN)/python -m training.heads --data $(DATA) --mentions $(MENTIONS) --weights work/both.pt --out work/tagger.pt
	$(BIN)/python -m training.export --weights work/tagger.pt --out work/reader
	$(BIN)/python -m training.ends --data $(DATA) --model work/reader
	$(BIN)/python -m training.calibrate --data $(DATA) --gold $(GOLD) --model work/reader
	$(BIN)/python -m training.inside --data $(DATA) --model work/reader --out work/inside.jsonl
	$(BIN)/python -m training.train --data $(DATA) --mentions $(MENTIONS) --inside work/inside.jsonl --out work/inner \
		--init work/tagger.pt --seed 31 --steps 900 --decay 560 --warm-up 40 --encoder-rate 1.2e-4 --head-rate 5e-4 \
		--plain 0.5 0.65 --average 0.994 --cover 0.06
	$(BIN)/python -m training.average work/inner/average.pt work/tagger.pt --out work/whole.pt
	$(BIN)/python -m training.export --weights work/whole.pt --out $(MODEL) --reference work/fp32.onnx
	$(BIN)/python -m training.ends --data $(DATA) --model $(MODEL)
	$(BIN)/python -m training.calibrate --data $(DATA) --gold $(GOLD) --model $(MODEL)
	$(BIN)/python benchmarks/accuracy.py --out benchmarks/results/accuracy.json
	$(BIN)/python -m training.card --model $(MODEL) --accuracy benchmarks/results/accuracy.json

pairs: $(VENV)/installed-train
	$(BIN)/python -m training.pairs --data $(dir $(GOLD)) --read work/read

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
	@test -e $(VENV)/installed-dev || { echo "installing onrecord into $(VENV)"; $(BIN)/python -m pip install --quiet --disable-pip-version-check '.[web]'; }
	@touch $@

$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "installing onrecord and its development tools into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/installed-train: $(VENV)/installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train]'
	@touch $@
