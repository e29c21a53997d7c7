# Two words do everything: `make demo` and `make test`. Each target sets up what it needs.
SHELL := /bin/sh
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CELERY := $(VENV)/.celery
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -c constraints.txt -r pyproject.toml --extra dev
export PYTHONPATH := $(CURDIR)

.DEFAULT_GOAL := help
.PHONY: help setup compiled demo test test-celery test-sdk test-contracts bench-peers bench-goldenmatch check format clean

help: ## What can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make demo FINANCE=tryton   the same with a real Tryton as the finance system"
	@echo "  Settings: SIZE, SEED, LIMITS, SPEED, EXECUTOR, SANDBOX_PORT, AIRFLOW_PORT; ONCE=1 ends when the story is told"

setup: $(READY) ## The virtual environment, from the committed constraints.txt

$(READY): constraints.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	$(INSTALL)
	@touch $@

$(CELERY): $(READY)
	$(INSTALL) --extra celery
	@touch $@

# Both start processes by the dozen: where Python may not keep what it compiled, each would compile all anew.
compiled: setup
	@$(BIN)/python -m compileall -q bench connectors dags demo deploy fidelity hub quality sandbox supervisor

demo: compiled ## The main job: four departments, one golden record, written back
	@$(BIN)/python -m demo

test: compiled ## Every test
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

SDK := .venv-sdk
SDK_READY := $(SDK)/.ready

NODE := fidelity/sdk/node

$(SDK_READY): fidelity/sdk/requirements.txt $(NODE)/package-lock.json $(READY)
	@command -v npm >/dev/null || { echo "Node 20 with npm is needed for the vendors' clients for Node: install it"; exit 1; }
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(SDK)
	$(BIN)/uv pip install --quiet --python $(SDK)/bin/python -r fidelity/sdk/requirements.txt
	npm ci --silent --ignore-scripts --prefix $(NODE)
	@touch $@

test-sdk: $(SDK_READY) ## The stand-ins, driven by the vendors' own clients for Python and Node
	@$(SDK)/bin/python -m pytest -W ignore::ResourceWarning fidelity/sdk

PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready

$(PEERS_READY): bench/requirements-peers.txt $(READY)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(PEERS)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(PEERS)/bin/python -r bench/requirements-peers.txt
	@touch $@

bench-peers: $(PEERS_READY) ## What `python -m bench identity` compares with, in an environment of its own

GOLDENMATCH := .venv-goldenmatch
GOLDENMATCH_READY := $(GOLDENMATCH)/.ready

$(GOLDENMATCH_READY): bench/requirements-goldenmatch.txt $(READY)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(GOLDENMATCH)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(GOLDENMATCH)/bin/python -r bench/requirements-goldenmatch.txt
	@touch $@

bench-goldenmatch: $(GOLDENMATCH_READY) ## GoldenMatch, measured beside us where it is there, in its own environment

test-contracts: setup ## What we send and what the stand-ins answer, against the vendors' own documents
	@$(BIN)/python -m fidelity.contracts

test-celery: $(CELERY) ## The main job as docker-compose.yml says, without a container engine
	@sh deploy/debian.sh
	@EXECUTOR=celery SIZE=200 ONCE=1 DEMO_VAR=var/celery $(BIN)/python -m demo

check: setup ## ruff, mypy --strict, import-linter, the compose file, and the mapping files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-incremental bench connectors dags demo deploy fidelity hub quality sandbox supervisor tests
	@$(BIN)/lint-imports
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/ci.yml
	@$(BIN)/python -m hub.cli check

format: setup ## Put the code in its usual shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean: ## Runtime state of demos and tests (the environment stays)
	rm -rf var
