# make run      everything on this machine, with articles, progress and results in the terminal
# make test     all tests, on a fresh machine too; its parts run alone too (see `make help`)
# make install  the environment alone, in .venv
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: install run dev test test-unit test-integration test-stack quality chaos chaos-long lint docs format audit lock bench-install clean help
.DEFAULT_GOAL := help

help:
	@echo "make run [ARTICLES=path]  start the whole stack, load articles, show tags and clusters (Ctrl-C stops it)"
	@echo "make test                 run all tests;  make lint: ruff and mypy"
	@echo "make test-unit            no database, no processes: under a minute"
	@echo "make test-integration     real Postgres, real models, the HTTP contract, heavy unit tests"
	@echo "make test-stack           the whole stack as processes"
	@echo "make chaos                kills every part of a running stack"
	@echo "make quality              tags and stories on the measuring data, where it is"
	@echo "make docs                 write docs/settings.md and docs/asset-graph.png from the code"
	@echo "make install              make the environment in .venv;  .venv/bin/alt-pipelines --help"
	@echo "make audit                known vulnerabilities of the locked packages (needs the network)"
	@echo "make chaos-long           every fault in every part, for a quarter of an hour"
	@echo "make dev                  dagster dev with the embedded Postgres"
	@echo "make bench-install        what the benchmarks' peers need;  then .venv/bin/python -m benchmarks.NAME"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml setup.py constraints.txt | $(VENV)/bin/python
	$(BIN)/python deploy/install.py
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python deploy/install.py torch otel test
	@touch $@

install: $(VENV)/.installed

run: install
	$(BIN)/alt-pipelines up --demo $(if $(ARTICLES),--articles "$(ARTICLES)")

dev: install
	$(BIN)/dagster dev

# Tests run on JOBS processes, each with a Postgres server and folders of its own.
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
PYTEST := $(BIN)/python -m pytest
PARALLEL := -n $(JOBS) --dist loadfile

test: test-unit test-integration quality test-stack chaos

test-unit: $(VENV)/.installed-test
	$(PYTEST) -n $(JOBS) --dist loadgroup -m "not heavy" $(PYTEST_ARGS) alt_pipelines_tests/unit

test-integration: $(VENV)/.installed-test
	$(PYTEST) $(PARALLEL) $(PYTEST_ARGS) alt_pipelines_tests/integration alt_pipelines_tests/contract
	$(PYTEST) -n $(JOBS) --dist loadgroup -m heavy $(PYTEST_ARGS) alt_pipelines_tests/unit

quality: $(VENV)/.installed-test
	$(PYTEST) $(PARALLEL) $(PYTEST_ARGS) alt_pipelines_tests/quality

test-stack: $(VENV)/.installed-test
	$(PYTEST) $(PARALLEL) $(PYTEST_ARGS) alt_pipelines_tests/stack

chaos: $(VENV)/.installed-test
	$(PYTEST) $(PYTEST_ARGS) alt_pipelines_tests/chaos

FAULTS ?= 40
chaos-long: $(VENV)/.installed-test
	$(BIN)/python -m alt_pipelines_tests.chaos --kills $(FAULTS)

docs: $(VENV)/.installed
	$(BIN)/alt-pipelines settings --write docs/settings.md
	$(BIN)/python -W ignore docs/draw_asset_graph.py

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/alt-pipelines settings --check docs/settings.md

format: $(VENV)/.installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-install: $(VENV)/.installed-test
	$(BIN)/python deploy/install.py torch otel test bench

# Asks the vulnerability database on the network; what can be checked without one is in test_lock.py.
audit: $(VENV)/.installed
	$(PIP) install --quiet pip-audit
	$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip

# Resolves all extras for every Python from 3.11 on and every platform into one constraints file.
lock:
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --all-extras --no-emit-index-url --no-header --quiet -o constraints.txt pyproject.toml

clean:
	-$(BIN)/alt-pipelines db stop
	rm -rf $(VENV) .alt
