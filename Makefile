# Your Say. `make help` lists what can be done here.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run dev seed shell test room watch check lint coverage mutants pages bench lock phrases format

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/'

.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Your Say needs Python 3.11 or newer: set PYTHON=") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the portal needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: .venv/run ## set up, load the demo year, and serve on 127.0.0.1:8000 (PORT= changes it)
	@$(BIN)/python tools/serve.py

dev: .venv/run ## the demo with reload and debug; mail that would go out is at /dev/mail
	@$(BIN)/python tools/dev.py

seed: .venv/run ## load the demo year into an empty database
	@PORTAL_DEMO=1 $(BIN)/flask --app wsgi db upgrade
	@PORTAL_DEMO=1 $(BIN)/flask --app wsgi demo load --if-empty

shell: .venv/run ## a Python shell inside the demo portal
	@PORTAL_DEMO=1 $(BIN)/flask --app wsgi shell

test: .venv/dev ## set up, then lint, types, import contracts and every test that this machine can run
	@$(BIN)/python tools/test.py

room: .venv/dev ## the tests of one room: make room ROOM=desk
	@$(BIN)/python -m pytest -n 2 --dist loadgroup tests/$(ROOM)

watch: .venv/dev ## the tests of one room, again after each change: make watch ROOM=desk
	@$(BIN)/python tools/watch.py tests/$(ROOM)

lint: check ## the same as check

check: .venv/dev ## lint, types and import contracts only
	@$(BIN)/python tools/test.py --check

coverage: .venv/dev ## the tests of all rooms but the browser's, and which lines of which file none of them runs
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore tests/journeys --cov portal --cov-report term:skip-covered

mutants: .venv/mutants ## break a line of a room at a time, and say which breaks no test notices: make mutants ROOM=procedure
	@.venv/mutants.d/bin/python tools/mutants.py $(ROOM)

.venv/mutants: requirements-mutants.txt .venv/dev
	@test -x .venv/mutants.d/bin/python || $(BIN)/python -m venv .venv/mutants.d
	@.venv/mutants.d/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutants.txt
	@ls -d $(CURDIR)/.venv/lib/python3*/site-packages > "$$(ls -d .venv/mutants.d/lib/python3*/site-packages)/portal.pth"
	@touch $@

pages: .venv/dev ## every page of the demo year in a folder, to compare before and after a change: make pages OUT=folder
	@$(BIN)/python tools/pages.py $(OUT)

bench: .venv/dev ## submissions a second beside a bare form, the queue at 1,000 to 100,000 cases, a child's pages on slow lines
	@$(BIN)/python -m tools.bench

lock: .venv/dev ## write both requirements files anew from the .in files (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-mutants.in -o requirements-mutants.txt

phrases: .venv/dev ## find the phrases of the public pages and bring the catalogues up to date with them
	@$(BIN)/python -m tools.phrases

format: .venv/dev ## put the code in its usual shape
	@$(BIN)/ruff format portal tests tools wsgi.py
	@$(BIN)/ruff check --fix portal tests tools wsgi.py
