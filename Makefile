# make run      everything on this machine, with articles, progress and results in the terminal
# make test     what most changes need, in ten minutes; make test-all: every test, as CI runs them (see `make help`)
# make install  the environment alone, in .venv
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: install run dev test test-all test-unit test-integration test-heavy test-stack quality chaos chaos-long platforms lint docs format audit lock bench-install clean help
.DEFAULT_GOAL := help

help:
	@echo "make run [ARTICLES=path]  start the whole stack, load articles, show tags and clusters (Ctrl-C stops it)"
	@echo "make test                 unit, integration, contract and quality tests: about ten minutes on two cores"
	@echo "make test-all             every test, as CI runs them;  make lint: ruff and mypy"
	@echo "make test-unit            no database, no processes: under a minute"
	@echo "make test-integration     real Postgres, real models, the HTTP contract"
	@echo "make test-heavy           pure code with hostile texts of megabytes; child processes"
	@echo "make test-stack           the whole stack as processes"
	@echo "make chaos                kills every part of a running stack"
	@echo "make quality              tags and stories on the measuring data, where it is"
	@echo "make platforms            which Pythons and platforms have wheels, without installing"
	@echo "make docs                 write docs/settings.md, docs/modules.md and docs/asset-graph.png from the code"
	@echo "make checksums            after a change of the tagger's data files"
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

# Tests run on JOBS processes, each with a Postgres server and folders of its own. Unit tests are shared out one by one,
# other tests file by file, so that shared fixtures are set up once. Those spend more than half of their time waiting
# for Postgres, processes and time limits, so half as many processes again share the cores. The folders with the slowest
# files come first, so that no process is left with one at the end.
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
WAITING := $(shell expr $(JOBS) \* 3 / 2)
TESTS := alt_pipelines_tests
PYTEST := $(BIN)/python -m pytest $(PYTEST_ARGS)
PARALLEL := $(PYTEST) -n $(WAITING) --dist loadfile --no-loadscope-reorder
UNIT := $(PYTEST) -n $(JOBS) --dist worksteal -p no:schemathesis

# One session for three folders: processes that are started once import everything once.
test: test-unit
	$(PARALLEL) $(TESTS)/contract $(TESTS)/quality $(TESTS)/integration

test-all: test test-heavy test-stack chaos

test-unit: $(VENV)/.installed-test
	$(UNIT) -m "not heavy" $(TESTS)/unit

test-integration: $(VENV)/.installed-test
	$(PARALLEL) $(TESTS)/contract $(TESTS)/integration

test-heavy: $(VENV)/.installed-test
	$(UNIT) -m heavy $(TESTS)/unit

quality: $(VENV)/.installed-test
	$(PARALLEL) $(TESTS)/quality

test-stack: $(VENV)/.installed-test
	$(PYTEST) -n $(JOBS) --dist loadfile $(TESTS)/stack

chaos: $(VENV)/.installed-test
	$(PYTEST) $(TESTS)/chaos

FAULTS ?= 40
chaos-long: $(VENV)/.installed-test
	$(BIN)/python -m alt_pipelines_tests.chaos --kills $(FAULTS)

checksums: $(VENV)/.installed
	$(BIN)/python -c "from alt_pipelines.tagging.extraction.checksums import write_checksums; write_checksums()"

docs: $(VENV)/.installed
	$(BIN)/alt-pipelines settings --write docs/settings.md
	$(BIN)/python docs/list_modules.py
	$(BIN)/python -W ignore docs/draw_asset_graph.py

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/alt-pipelines settings --check docs/settings.md
	$(BIN)/python docs/list_modules.py --check

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

# Resolves the dependencies for every Python and platform, and fails if x86-64 Linux has to compile.
platforms: $(VENV)/bin/python
	$(PIP) install --quiet uv
	deploy/check_platforms.sh

clean:
	-$(BIN)/alt-pipelines db stop
	rm -rf $(VENV) .alt
