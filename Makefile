# Clusterfolio: `make run` serves the dashboard, `make test` proves it, `make help` lists the rest.
# A machine needs Python 3.11 or newer, git and make. Everything else goes into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PORT ?= 8501
WORKERS ?= 2
# Browser tests stay together on one worker, beside one server; the other worker takes the rest.
PARALLEL := --numprocesses $(WORKERS) --dist loadgroup
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The first Python on the path that is new enough. Some names are shims that start nothing: try each.
find_python = for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		echo "$$name"; exit 0; fi; done

# What is installed is known by the content that decides it, not by dates or by settings of tools.
fingerprint = $(shell { sed '/^\[tool\.ruff/,$$d' pyproject.toml; cat $(1) .ci/bootstrap.lock .ci/install.py; } \
	| cksum | cut -d' ' -f1)
RUN_STAMP := .venv/.installed-run-$(call fingerprint,requirements.lock)
DEV_STAMP := .venv/.installed-dev-$(call fingerprint,requirements-dev.lock)

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sort | awk -F ':.*## ' '{printf "make %-9s %s\n", $$1, $$2}'

.PHONY: run
run: $(RUN_STAMP) ## Serve the dashboard with the demo on http://127.0.0.1:8501 (PORT=8599 moves it)
	@exec $(BIN)/clusterfolio serve --port $(PORT)

.PHONY: setup
setup: $(DEV_STAMP) ## Install everything that development and tests need

.PHONY: test
test: $(DEV_STAMP) ## Lint, types, imports and every test
	@$(MAKE) lint types imports
	@HYPOTHESIS_PROFILE=ci $(BIN)/pytest $(PARALLEL)

# Counting lines makes the properties take half as long again, so it is not part of `make test`.
.PHONY: coverage
coverage: $(DEV_STAMP) ## Every test, and the lines that none of them reaches
	@HYPOTHESIS_PROFILE=ci $(BIN)/pytest $(PARALLEL) --cov --cov-report=term-missing

.PHONY: check
check: $(DEV_STAMP) ## The fast checks before a commit: lint, types, imports, unit and screen tests
	@$(MAKE) lint types imports
	@$(BIN)/pytest $(PARALLEL) portfolio $(wildcard tests/unit tests/app)

.PHONY: lint
lint: $(DEV_STAMP) ## ruff
	@$(BIN)/ruff check .

.PHONY: types
types: $(DEV_STAMP) ## mypy in strict mode on portfolio, optimizer and data
	@$(BIN)/mypy

.PHONY: imports
imports: $(DEV_STAMP) ## import-linter: imports point down; deptry: what is imported is declared
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry . 2>&1

.PHONY: format
format: $(DEV_STAMP) ## Let ruff lay out the code and repair what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: bench
bench: $(DEV_STAMP) ## Print the benchmarks as a table
	@$(BIN)/python -m benchmarks

.PHONY: shots
shots: $(DEV_STAMP) ## Picture every page, light and dark, 1440 and 390 wide, into screenshots/
	@$(BIN)/python -m tests.browser.shots

.PHONY: lock
lock: $(DEV_STAMP) ## Choose versions anew and pin them with hashes, without addresses
	@.ci/lock

.PHONY: clean
clean: ## Remove what tools made; the store stays
	@rm -rf .venv build dist *.egg-info htmlcov .coverage .coverage.* screenshots
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@python="$$($(find_python))"; \
	if [ -z "$$python" ]; then \
		echo "Clusterfolio needs Python 3.11 or newer; none was found on the path." >&2; exit 1; fi; \
	"$$python" -m venv .venv || { rm -rf .venv; \
		echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(RUN_STAMP): | .venv/bin/python
	@echo "Installing what Clusterfolio needs into .venv ..."
	@$(BIN)/python .ci/install.py requirements.lock
	@rm -f .venv/.installed-run-*
	@touch $@

$(DEV_STAMP): | .venv/bin/python
	@echo "Installing what development and tests need into .venv ..."
	@$(BIN)/python .ci/install.py requirements-dev.lock
	@rm -f .venv/.installed-*
	@touch $@ $(RUN_STAMP)
