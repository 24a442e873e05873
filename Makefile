# Everything here needs Python 3.11 or newer and make; each target makes the environment that it needs.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test check bench constraints

setup: .venv/ready-dev

demo: .venv/ready
	$(BIN)/paperround demo

test: .venv/ready-dev
	$(BIN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	.ci/wheel

bench: .venv/ready-dev
	@status=0; for bench in bench/[a-z]*.py; do \
		lines=$$($(BIN)/python -m "bench.$$(basename $$bench .py)") || status=1; \
		[ -z "$$lines" ] || echo "$$lines"; \
		case "$$lines" in *'"ok": false'*) status=1 ;; esac; \
	done; exit $$status

# Pins what the ranges of pyproject.toml allow today; run it to upgrade.
constraints:
	rm -rf .venv/pins && $(PYTHON) -m venv .venv/pins
	.venv/pins/bin/pip install --quiet --upgrade '.[dev]'
	.venv/pins/bin/pip freeze --exclude paperround > constraints.txt
	rm -rf .venv/pins

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "paperround needs Python 3.11 or newer. Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/pip pyproject.toml constraints.txt
	@echo "Installing paperround into .venv, about a minute the first time ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/ready-dev: .venv/bin/pip pyproject.toml constraints.txt
	@echo "Installing paperround and its development tools into .venv, about a minute the first time ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch .venv/ready $@
