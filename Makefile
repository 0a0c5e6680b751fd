# Every target does its own set-up: with uv if it is there, else with venv and pip; all of it inside .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
READY := $(VENV)/.ready
DEVELOP := $(VENV)/.develop

.PHONY: demo test fast check servers lock model crash-matrix soak clean

demo: $(READY) ## the whole loop on a local mailbox, no account needed
	@$(BIN)/graceperiod demo

test: $(DEVELOP) servers check ## all checks: format, lint, types, layers, tests with a real server, coverage
	@$(BIN)/pytest -q -n 2 --cov --cov-report=term:skip-covered

fast: $(DEVELOP) check ## all checks but those that need a server or a minute
	@$(BIN)/pytest -q -n 2 -m "not server and not slow"

check: $(DEVELOP)
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > $(VENV)/lint-imports.txt || { cat $(VENV)/lint-imports.txt; exit 1; }

servers: ## what the tests with servers need, by apt where we are root
	@tests/install-servers

crash-matrix: $(DEVELOP) servers ## a hold's life killed and cut at every place of it; half an hour
	@$(BIN)/python tests/crash/matrix.py

soak: $(DEVELOP) servers ## the daemon for an hour under mail and faults: is it flat? SOAK="--minutes 2" is shorter
	@$(BIN)/python benchmarks/daemon/soak.py $(SOAK)

model: $(DEVELOP) ## the classifier, rebuilt from models/corpus alone
	@$(BIN)/graceperiod model train

lock: ## requirements.lock, after a change of the dependencies (needs uv)
	uv pip compile --universal --generate-hashes --all-extras --no-header --no-emit-index-url \
		--quiet pyproject.toml -o requirements.lock

clean: ## everything that is not in the repository
	rm -rf $(VENV) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
ifneq ($(UV),)
	@uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@echo "Installing what Graceperiod needs into $(VENV) ..."
	@uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing what Graceperiod needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $(READY)

$(DEVELOP): $(READY)
	@touch $(DEVELOP)
