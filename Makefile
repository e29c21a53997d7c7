# Two words do everything: `make demo` and `make test`. Both set up what they need.
SHELL := /bin/sh
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PYTHONPATH := $(CURDIR)

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format clean

help: ## What can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make demo FINANCE=tryton   the same with a real Tryton as the finance system"
	@echo "  Settings: SIZE, SEED, SPEED, SANDBOX_PORT, AIRFLOW_PORT; ONCE=1 ends when the story is told"

setup: $(READY) ## The virtual environment, from the committed constraints.txt

$(READY): constraints.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -c constraints.txt -r pyproject.toml --extra dev
	@touch $@

demo: setup ## The main job: four departments, one golden record, written back
	@$(BIN)/python -m demo

test: setup ## Every test
	@$(BIN)/python -m pytest

check: setup ## ruff, mypy --strict, import-linter, and the mapping files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-incremental bench connectors dags demo hub quality sandbox supervisor tests
	@$(BIN)/lint-imports
	@$(BIN)/python -m hub.cli check

format: setup ## Put the code in its usual shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean: ## Runtime state of demos and tests (the environment stays)
	rm -rf var
