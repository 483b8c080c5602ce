# Two commands set everything up: `make demo` and `make test`.
# Everything is installed into .venv, pinned with hashes in requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Installing a system package takes root; elsewhere sudo asks for it.
ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
PACKAGE_FILES := pyproject.toml requirements.lock

.PHONY: demo test check unit browser install lock docs train clean

demo: install
	$(BIN)/onrecord demo

install: $(VENV)/installed

$(VENV)/installed: $(PACKAGE_FILES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11. Run: make PYTHON=/path/to/newer/python"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

test: check unit

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python resources/compile_gazetteer.py --check

unit: install browser
	$(BIN)/pytest -n 2 --dist loadfile

# The page is tested in a real browser, Debian's chromium.
browser:
	@command -v chromium >/dev/null || { echo "Installing chromium for the browser tests"; \
		$(ROOT) apt-get update -qq && $(ROOT) apt-get install -y -qq chromium >/dev/null; }

# Writes requirements.lock anew; needs uv (pip install uv).
lock:
	uv pip compile pyproject.toml --extra pandas --extra parquet --extra test --universal \
		--python-version 3.11 --generate-hashes \
		--no-annotate --no-header --quiet --output-file requirements.lock
	sed -i '1i # Every package the project needs, pinned with hashes. Written by `make lock`; do not edit.' requirements.lock

train:
	@test -n "$(DATA)" || { echo "Say where the data is: make train DATA=/path/to/data"; exit 2; }
	$(BIN)/python -m training.train --data $(DATA) --out training/runs/latest
	$(BIN)/python -m training.export --run training/runs/latest --out src/onrecord/models

clean:
	rm -rf $(VENV) build dist *.egg-info src/*.egg-info
