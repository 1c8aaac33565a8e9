# `make` alone tells what there is. The repository's own register is a demonstration: its day is fixed.
DATE ?= 2026-11-21
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.bench-ready
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help build test fuzz serve edit lint format accept bench lock picture clean

help: ## Say what each verb does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 12

build: $(READY) ## Build every site and calendar into build/ (DATE=2026-11-21)
	$(BIN)/woontraject build --date $(DATE)

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest -n $(WORKERS)

fuzz: $(READY) ## Try a hundred thousand files and registers full of mistakes (SEED=1 for others)
	FUZZ=100000 $(BIN)/python -m pytest -q -n $(WORKERS) tests/test_fuzz.py

serve: $(READY) ## Show the sites on this machine, following every saved file
	$(BIN)/woontraject serve --date $(DATE)

edit: $(READY) ## Edit dossiers with forms on this machine; each change becomes a branch (asks Node)
	$(BIN)/woontraject edit

lint: $(READY) ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Put the code in its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accept: $(READY) ## Write the expected outputs of the test cases anew; review the difference
	ACCEPT=1 $(BIN)/python -m pytest -q -n $(WORKERS) tests/test_cases.py tests/test_reading.py tests/test_mail.py \
	  tests/test_werklijst.py tests/test_kalender.py

bench: $(READY) $(BENCH_READY) ## Measure what must stay quick, as ratios (ONLY=feeds for those with this in their name)
	$(BIN)/python bench/bench.py $(ONLY)

picture: build ## Make the picture in the README anew (asks Chromium)
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,1000 \
	  --screenshot=docs/partner.png file://$(CURDIR)/build/sites/partners/caw-regiobrugge/index.html

lock: $(READY) ## Lock the newest versions of all dependencies, with hashes
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --group bench -c requirements-dev.lock -o bench/requirements.lock

clean: ## Remove everything that was made
	rm -rf build build-forms .build* .woontraject/forms $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/engines/node_modules

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(BENCH_READY): bench/requirements.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	touch $@
