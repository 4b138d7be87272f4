# The two commands of the README, and those of whoever works on the code.
# Everything is installed into .venv from requirements.lock, hashes checked.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
STAND_IN := bot/demo/stand_in

.PHONY: demo script test check e2e lint types contracts deps lock clean

demo: $(READY)
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --no-audit --no-fund --prefix $(STAND_IN) || true; fi
	@$(BIN)/huddle demo

script: $(READY)
	@$(BIN)/huddle demo --script

test: $(READY)
	$(BIN)/pytest -m "not stand_in"

e2e: $(READY)
	$(BIN)/pytest -m stand_in

check: test lint types contracts deps

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

deps: $(READY)
	$(BIN)/deptry .

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --group dev \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(VENV)-lock build *.egg-info
