# make run    sets up and starts the bot: on Telegram with TELEGRAM_BOT_TOKEN set, else the workbench in your browser
# make test   sets up and runs every check and test
# make bench  compares the whole bot with bare echo bots of aiogram and python-telegram-bot
# make schema writes faq/schema/*.json anew from the models of the content
# make mutants  breaks the emergency gate piece by piece and tells which breaks no test notices (minutes)
# make learn  learns from examples which words sound like an emergency: faq/en/urgent_weights.tsv (minutes)
# make lock   makes requirements*.txt anew from pyproject.toml
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: run test lint schema mutants learn lock bench clean

run: $(VENV)/run.stamp
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ]; then exec $(BIN)/faqbot serve; else exec $(BIN)/faqbot workbench; fi

test: $(VENV)/test.stamp lint
	$(BIN)/faqbot check
	$(BIN)/python -m pytest

lint: $(VENV)/test.stamp
	$(BIN)/ruff check bin bot tests bench
	$(BIN)/mypy bot

schema: $(VENV)/test.stamp
	$(BIN)/faqbot schema

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks its venv module. Install it with:  sudo apt-get install -y python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml $(wildcard bot/kernel/*.[ch]) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt pyproject.toml $(wildcard bot/kernel/*.[ch]) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

bench: $(VENV)/bench.stamp
	BENCH_PYTHON=$(VENV)-bench/bin/python $(BIN)/python -m bench $(BENCH)

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/test.stamp
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

mutants: $(VENV)/test.stamp
	$(BIN)/python -m tests.urgent.mutants --list
	$(BIN)/python -m tests.urgent.code_mutants --many 40

learn: $(VENV)/test.stamp
	$(BIN)/python -m tests.urgent.learn

lock: $(VENV)/test.stamp
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --extra model --extra check --output-file requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --extra model --extra check --extra dev --output-file requirements-dev.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --extra bench --output-file requirements-bench.txt pyproject.toml

clean:
	rm -rf $(VENV) $(VENV)-bench build dist .pytest_cache .mypy_cache .ruff_cache
