# Every target is one command from a bare checkout: python3 (3.11 or later, with venv), Java 17 and Maven are all it needs.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
# The environment is named by the content of what it was built from: a checkout or a rebase touches times, not content.
STAMP := .venv/.built-$(shell cat requirements-dev.txt pyproject.toml | sha256sum | cut -c1-16)
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --universal -p 3.11
# How long to fuzz; `SECONDS` in the environment is the shell's own and not meant.
FUZZ_SECONDS := $(if $(filter command%,$(origin SECONDS)),$(SECONDS),60)
PYTEST := $(BIN)/python -m pytest

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[.a-z][a-z-]*:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: .venv
.venv: $(STAMP) ## Build the environment from the lock; does nothing while the lock is the same
	@:

# The lock lets two targets that start at once build it once.
$(STAMP):
	@mkdir -p .build
	@exec 9>.build/venv.lock; flock 9; test -e $@ && exit 0; \
	echo "Building .venv from requirements-dev.txt"; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12" >&2; exit 1; }; \
	$(PYTHON) -m venv --clear .venv || { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	touch $@

.PHONY: lock
lock: .venv ## Lock the dependencies of pyproject.toml anew, with hashes
	@$(COMPILE) --output-file requirements.txt
	@$(COMPILE) --group dev --output-file requirements-dev.txt

.PHONY: format
format: .venv ## Format the code and mend what the linter can mend by itself
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

.PHONY: check
check: .venv ## Lint, format check, strict types, and the Dockerfile's lint
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/hadolint deploy/Dockerfile

.PHONY: test
test: check ## Everything: the checks and all tests, on a real Kafka broker (one after another: PYTEST_ARGS=-n0)
	@$(PYTEST) -n 2 --dist loadfile $(PYTEST_ARGS)

.PHONY: test-unit
test-unit: .venv ## The tests that need no server and no container
	@$(PYTEST) -m "not broker and not servers and not faults and not image" $(PYTEST_ARGS)

.PHONY: weights
weights: .venv ## Learn the weights of the reading from tests/corpus anew (more articles: make weights EXTRA="FILE…")
	@$(BIN)/python -m tests.training $(if $(EXTRA),--extra $(EXTRA))

.PHONY: bench
bench: bench-extract ## All benchmarks

.PHONY: bench-extract
bench-extract: .venv ## What reading costs: the gate, decoding, the full reading, start-up and memory
	@$(BIN)/python -m tests.bench.extract

.PHONY: fuzz
fuzz: .venv ## Generated and mutated articles, for a time: make fuzz SECONDS=60 (SEED=… does the same ones again)
	@$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) $(if $(SEED),--seed $(SEED))

.PHONY: broker
broker: .venv ## Run a local Kafka broker until Ctrl-C; prints its address (three nodes: make broker NODES=3)
	@exec $(BIN)/python -m deploy.broker --nodes $(or $(NODES),1)

.PHONY: demo
demo: .venv ## Articles through a real Kafka, the decoded events on the screen (your own: make demo ARTICLES="FILE…")
	@$(BIN)/python -m deploy.demo $(ARTICLES)

.PHONY: bench-restore
bench-restore: .venv ## How fast a worker has 20,000 states back while another joins and leaves
	@$(BIN)/python -m tests.bench.restore

.PHONY: image
image: .venv ## Build the container image with podman (on another base: make image BASE=…)
	@$(BIN)/python -m deploy.image

.PHONY: bench-backfill
bench-backfill: .venv ## Backfill generated articles on all cores, killed and resumed (more or fewer: ARTICLES=100000)
	@$(BIN)/python -m tests.bench.backfill --articles $(or $(ARTICLES),100000)

.PHONY: clean
clean: ## Remove everything that was built or fetched
	@rm -rf .venv .build deploy/examples/java/target .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
