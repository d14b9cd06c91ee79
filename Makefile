# What a person does with this folder. `make` alone lists it.
# Nothing but python3 (3.11 or newer), its venv module and make is needed before.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Exists while .venv holds what the lock names: a changed lock or pyproject makes it anew.
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup chat test lint types check lock

help:
	@echo "make setup   create $(VENV) with everything in it"
	@echo "make chat    open the chat"
	@echo "make test    run all tests"
	@echo "make lint    style, and which room may import which"
	@echo "make types   the type checker"
	@echo "make check   look for mistakes in data/ and rules/, and replay the scripted conversations"
	@echo "make lock    renew requirements.lock from pyproject.toml (needs uv)"

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "advisor needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Another one: make setup PYTHON=python3.12")'
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "The venv module is missing (on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@# Compiled once here: where Python may not write beside the source (PYTHONDONTWRITEBYTECODE), each start would compile it anew.
	$(BIN)/python -m compileall -q src
	@touch $@

chat: $(STAMP)
	@$(BIN)/advisor

test: $(STAMP)
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: $(STAMP)
	$(BIN)/mypy

check: $(STAMP)
	$(BIN)/advisor check
	$(BIN)/advisor test

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --output-file requirements.lock
