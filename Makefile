# make demo · make test · make journeys · make site · make check · make audit · make sbom · make soak · make properties · make mutants · make bench
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SERVE ?= 1
# pytest-xdist: one worker a core, each with its own database server, browser and folder.
WORKERS ?= auto
TELL := -rs --durations=20
# Folders of tests that are left out.
SKIP ?=
SPREAD := -n $(WORKERS) --maxprocesses=4 --dist=worksteal -m "not timed"

# Hundreds of processes start in the tests: what each compiles is kept for the next, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test journeys site soak properties mutants check audit sbom bench lock clean

demo: .venv/.runtime
	@$(BIN)/konkyo demo $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: .venv/.dev
	@status=0; \
	$(BIN)/python -m pytest $(TELL) $(SPREAD) $(addprefix --ignore=,tests/journeys tests/site $(SKIP)) || status=1; \
	$(BIN)/python -m pytest $(TELL) -m timed --ignore=tests/journeys --ignore=tests/site || status=1; \
	exit $$status

journeys: .venv/.dev
	@tests/prepare
	@$(BIN)/python -m pytest $(TELL) $(SPREAD) tests/journeys

# Two servers behind nginx and three workers, of which one each is killed.
site: .venv/.dev
	@$(BIN)/python -m pytest $(TELL) tests/site

# Faults done to a working house; SOAK=--short takes less than a minute.
soak: .venv/.dev
	@$(BIN)/python -m benchmarks.soak $(SOAK)

properties: .venv/.dev
	@$(BIN)/python -m pytest $(TELL) $(SPREAD) --hypothesis-profile=soak --ignore=tests/journeys --ignore=tests/site

# Three quarters of an hour on two cores; a run that was stopped goes on where it stood.
mutants: .venv/.dev
	@$(BIN)/python -m mutmut run
	@$(BIN)/python -m docs.write_mutants

# The packages that an installation takes, with their hashes, as CycloneDX.
sbom: .venv/.dev
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.json

# Known flaws of what is installed, as PyPI knows them; what could not be looked up is a failure too.
audit: .venv/.dev
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-workers.lock
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-pdf.lock

check: .venv/.dev sbom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/docs

bench: .venv/.dev
	@for script in benchmarks/[a-z]*.py; do \
	  echo "== $$script"; $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; \
	done

lock: .venv/.dev
	$(BIN)/pip-compile -q --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header --extra workers -c requirements.lock -o requirements-workers.lock pyproject.toml
	$(BIN)/pip-compile -q --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header --extra pdf -c requirements.lock -o requirements-pdf.lock pyproject.toml
	$(BIN)/pip-compile -q --upgrade --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-options --no-header --extra dev --extra workers --extra pdf -c requirements.lock -c requirements-workers.lock -c requirements-pdf.lock -o requirements-dev.lock pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Konkyo needs Python 3.11 or newer: install it, or give its path with PYTHON=...")'
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing from requirements.lock (about a minute the first time) ..." >&2
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv build mutants *.egg-info .mypy_cache .pytest_cache .ruff_cache
