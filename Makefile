# `make` alone lists the targets. Everything runs in .venv, which the first target that needs it sets up.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
READY := $(VENV)/ready
PY := $(VENV)/bin/python
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST = $(PY) -m pytest -q -n $(JOBS) --dist loadgroup
GOLD ?= ../shared/gold/voa_dev.jsonl

.PHONY: help setup run test test-slow check format nightly serve evaluate bench docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## make .venv with the tested versions (every other target does so itself)

# 3.11 first: constraints.txt was tested there. A candidate must run, and be able to make an environment.
$(READY): pyproject.toml constraints.txt
	@set -e; \
	if command -v uv >/dev/null 2>&1; then \
	  echo "setting up $(VENV) with uv"; \
	  uv venv --quiet --allow-existing --python '>=3.11' $(VENV); \
	  uv pip install --quiet --python $(PY) -c constraints.txt -e '.[dev,query,dask]'; \
	else \
	  for python in $(PYTHON) python3.11 python3 python3.12 python3.13; do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "no Python 3.11 or newer with venv, and no uv: install python3.11-venv (Debian: apt-get install python3.11-venv)" >&2; exit 1; \
	  fi; \
	  echo "setting up $(VENV) with $$found, once (a few minutes)"; \
	  $$found -m venv $(VENV); \
	  $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,query,dask]'; \
	fi; \
	touch $(READY)

run: $(READY) ## the main job on the sample press: three nights, no network
	@$(PY) -m flows demo

test: $(READY) ## the quick tests
	@$(PYTEST) -m "not slow"

test-slow: $(READY) ## every test, the slow ones too
	@$(PYTEST)

check: $(READY) ## lint, format and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

format: $(READY) ## put the code into its format
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

nightly: $(READY) ## one real night over data/reference/feeds.toml
	@$(PY) -m flows nightly

serve: $(READY) ## the nightly schedule, in the foreground
	@$(PY) -m flows serve

evaluate: $(READY) ## accuracy on a gold set: make evaluate GOLD=file.jsonl
	@$(PY) -m flows evaluate $(GOLD)

bench: $(READY) ## speed, against named peers
	@$(PY) -m benchmarks

docs: $(READY) ## write the generated pages in docs/ again
	@$(PY) -m flows docs

clean: ## remove .venv, caches and the demo's output; your stores stay
	rm -rf $(VENV) data/demo build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
