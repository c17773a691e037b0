# Everything that a newcomer, a developer and the build server need, on a machine that has only make.
# `make run` opens the window, `make test` checks everything; both bring what is missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := build/venv
BIN := $(VENV)/bin
# One more than processors: a test waits for a program of its own a third of its time.
WORKERS ?= $(shell expr $$(nproc) + 1)
# Narrow a run with: make test ARGS='tests/unit/crypto'
ARGS ?=

.PHONY: help run tour test lint pytest demo-mysql bench check-bare dist man words clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1|\2/p' Makefile | while IFS='|' read -r verb text; do printf '%-18s %s\n' "$$verb" "$$text"; done

run: ## Open the window; without a display walk through the app on a virtual one
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  packaging/linux/packages.sh run; \
	  packaging/linux/environment.sh run; \
	  exec $(BIN)/vaultapp; \
	else \
	  echo 'No display here: the same app runs on a virtual one, and a tour walks through it.'; \
	  $(MAKE) tour; \
	fi

tour: ## Walk through the app as a user would, on a virtual display; pictures and a summary in build/tour
	@packaging/linux/packages.sh run desktop database
	@packaging/linux/environment.sh run
	@$(BIN)/python -m tests.acceptance.tour --to build/tour $(ARGS)

test: ## Lint, types, layers and every test
	@packaging/linux/packages.sh run desktop database test
	@packaging/linux/environment.sh dev
	@$(MAKE) lint
	@$(MAKE) pytest

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

pytest:
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

demo-mysql: ## Show a break-in at a database and its end, with a real MariaDB and a program that goes on working
	@packaging/linux/packages.sh run database
	@packaging/linux/environment.sh run
	@$(BIN)/python -m tests.acceptance.demo_mysql

bench: ## Measure against the peers of the field; tables in build/bench
	@packaging/linux/packages.sh run desktop bench
	@packaging/linux/environment.sh dev
	@$(BIN)/python -m tests.bench --to build/bench $(ARGS)

check-bare: ## Run `make test` and `make run` in an empty Debian, as a stranger's machine would (root)
	@packaging/linux/packages.sh bare
	@packaging/linux/check_bare.sh build/chroot

dist: ## Build the wheel and the source archive into build/dist
	@packaging/linux/packages.sh run
	@packaging/linux/environment.sh dev
	@rm -rf build/dist
	@$(BIN)/python -m build --outdir build/dist .

words: ## Bring the catalogues in resources/i18n up to date with the sources, and compile them
	@packaging/linux/packages.sh run
	@packaging/linux/environment.sh run
	@$(BIN)/python packaging/translatable.py --update resources/i18n

man: ## Write a man page for every command into build/man
	@packaging/linux/packages.sh run
	@packaging/linux/environment.sh dev
	@$(BIN)/python packaging/man_pages.py build/man

clean: ## Remove everything that was made here
	@packaging/linux/check_bare.sh --remove build/chroot
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
