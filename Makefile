# Two commands for newcomers: `make run` and `make test`. Each makes its own virtual environment; the second time is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Compiled modules are kept whatever the shell says: else each process of the tests rewrites their asserts anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test slow all-tests lint newest bench clean

run: $(VENV)/run.stamp
	$(BIN)/sim warm
	$(BIN)/sim run scenarios/freeze_lines.yaml
	$(BIN)/sim run scenarios/freeze_lines.yaml --watch

test: $(VENV)/test.stamp
	$(BIN)/sim warm
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

slow: $(VENV)/test.stamp
	$(BIN)/sim warm
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m slow

# Both at once, so that no core waits for the last test of either.
all-tests: $(VENV)/test.stamp
	$(BIN)/sim warm
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "slow or not slow"

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The newest libraries that pip gives, without pins, in an environment that goes again.
newest:
	$(PYTHON) .ci/newest.py

bench: $(VENV)/test.stamp
	$(BIN)/python benchmarks/negotiations.py $(SPACES)
	$(BIN)/python benchmarks/against_c.py $(SPACES)
	$(BIN)/python benchmarks/exact.py $(if $(SPACES),--negmas) $(SPACES)
	$(BIN)/python benchmarks/sweeps.py --dask
	$(if $(SPACES),$(BIN)/python benchmarks/against_negmas.py $(SPACES))

clean:
	rm -rf $(VENV)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml pins.txt | $(BIN)/python
	$(PIP) install --constraint pins.txt --editable .
	touch $@

$(VENV)/test.stamp: pyproject.toml pins.txt | $(BIN)/python
	$(PIP) install --constraint pins.txt --editable '.[dev]'
	touch $@ $(VENV)/run.stamp
