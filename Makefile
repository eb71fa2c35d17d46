# Two commands are enough: `make run` and `make test`. CONTRIBUTING.md tells the rest.

# The first Python that is new enough; ats/embedded/install.py says so in one line if there is none.
PYTHON := $(or $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)
BIN := .venv/bin
VAR ?= var
PORT ?= 8000
SCALE ?= 10000
export VAR PORT SCALE
# Where a machine keeps nothing that is compiled, every process that a test starts would compile the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup setup-dev test statements messages lint format bench mutants lock

run: setup
	@exec $(BIN)/python manage.py up

setup:
	@$(PYTHON) ats/embedded/install.py

setup-dev:
	@$(PYTHON) ats/embedded/install.py --dev

test: setup-dev
	$(BIN)/pytest -n 2 --dist loadgroup

# Keeps the statements of the hot pages as they are now; the difference is read in review.
statements: setup-dev
	PERF_REC=overwrite $(BIN)/pytest tests/laws/test_statements.py -q

# Looks for new and gone texts of pages, and compiles what is translated (see CONTRIBUTING).
messages: setup-dev
	$(BIN)/python -W ignore::RuntimeWarning manage.py messages

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy ats requisitions candidates partners
	$(BIN)/lint-imports
	git ls-files -z --cached --others --exclude-standard -- 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# Mends what lint would say about form.
format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z --cached --others --exclude-standard -- 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

bench: setup-dev
	@exec $(BIN)/python -m benchmarks

# What CI does not run: see mutation/__main__.py.
mutants: setup-dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutation.txt
	@exec $(BIN)/python -m mutation

LOCK = --quiet --generate-hashes --no-emit-index-url --python-version 3.11 --universal \
	--custom-compile-command 'make lock' $(UPGRADE)

# Lock files with hashes that name no host. UPGRADE=--upgrade takes the newest versions.
lock: setup-dev
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements/base.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra run -c requirements/base.txt -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra node -c requirements/base.txt -o requirements/node.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra dev --extra run --extra node -c requirements/run.txt -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra mutation -c requirements/dev.txt -o requirements/mutation.txt
	npm install --package-lock-only
