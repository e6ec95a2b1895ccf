# Two commands: `make run` answers questions, `make test` runs every check. Both make and renew the virtual environment.
.DEFAULT_GOAL := help
.PHONY: help run test pytest check test-slow lint format bench discord load attack faults soak year cluster cards demo browser pages pins clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench
# A large corpus of real news beside the checkout; without it the text is made up.
NEWS := $(wildcard ../shared/corpora/news_ant.articles.jsonl)
CARDS := tests/cards
# The pinned extras lie beside the files for platforms, since the image and those who deploy install them.
EXTRA := docs/deploy/requirements
PIN := $(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-header --no-annotate \
	--generate-hashes
# One more than there are cores, to four: some tests wait for a played Discord most of the time.
WORKERS = $(shell $(BIN)/python -c "import os; print(min(4, 1 + (os.cpu_count() or 1)))")
QUICK = $(BIN)/python -m pytest -m "not slow and not browser" -n $(WORKERS) --dist loadscope
# The tests of the whole program, which take most of the time.
WHOLE := attacks cluster demo deployment discord_server e2e faults load soak year console/test_terminal.py
# The first Python on the path that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(READY) ## Run the bot, or the console where DISCORD_TOKEN is not set
	@$(BIN)/python -m bot run

# Side by side: mypy keeps one core busy, and the tests wait now and then.
test: $(READY_DEV) ## Run the linters and the tests
	@$(MAKE) --no-print-directory -j2 lint pytest

pytest: $(READY_DEV)
	$(QUICK)

check: lint ## Run the linters and the tests of the rooms, for daily work
	$(QUICK) $(WHOLE:%=--ignore tests/%)

test-slow: $(READY_DEV) ## Run the slow tests only, those in a browser where there is one, and properties with all examples
	$(BIN)/python -m pytest -m "(slow or hypothesis) and not browser" --hypothesis-profile thorough -n 2 --dist loadscope
	$(BIN)/python -m pytest -m browser

lint: $(READY_DEV) ## Check style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY_DEV) ## Put the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY_BENCH) ## Measure speed and memory against stock rank-bm25 and its peers
	$(BIN)/python -m bot bench $(if $(NEWS),--corpus $(NEWS)) --plot docs/pictures/bench.svg

discord: $(READY_DEV) ## Talk to the bot on this machine, without a Discord account
	@$(BIN)/python -m tests.discord_server --run-bot

load: $(READY_DEV) ## Ask the bot a hundred questions a second on this machine, and say how it bore that
	@$(BIN)/python -m tests.load $(LOAD)

attack: $(READY_DEV) ## Attack the bot on this machine with ten thousand hostile inputs, and say what came of it
	@$(BIN)/python -m tests.attacks $(ATTACK)

faults: $(READY_DEV) ## Play every fault of Discord, network, disk and deploy to the bot, and say what came of each
	@$(BIN)/python -m tests.faults --write docs/faults.md $(FAULTS)

soak: $(READY_DEV) ## Ask the bot for a while through random faults and restarts, and say what was lost, doubled or grew
	@$(BIN)/python -m tests.soak $(SOAK)

year: $(READY_DEV) ## Let the bot live a year with two made-up newspapers, and say what each person saw of what happened
	@$(BIN)/python -m tests.year $(YEAR)

cluster: $(READY_DEV) ## Kill and freeze the nodes of a search cluster under questions, and say what was lost or came out otherwise
	@$(BIN)/python -m tests.cluster $(CLUSTER)

cards: $(READY_DEV) browser ## Draw the bot's cards as Discord shows them, into build/cards
	@$(BIN)/python -m tests.cards

demo: $(READY_DEV) browser ## Play the demonstration to the bot, and draw it into docs/pictures
	@$(BIN)/python -m tests.demo

browser: $(CARDS)/node_modules/.ready

pages: $(READY) ## Install what reads web pages and feeds: for `import`, .html files in the corpus, and feeds in CORPUS_URL
	@$(INSTALL) $(EXTRA)-import.txt || $(NOT_FETCHED)

pins: $(READY_DEV) ## Pin the newest dependencies that pyproject.toml allows, with the hashes of their files
	$(PIN) pyproject.toml -o requirements.txt
	$(PIN) --extra stores -c requirements.txt pyproject.toml -o $(EXTRA)-stores.txt
	$(PIN) --extra import -c requirements.txt -c $(EXTRA)-stores.txt pyproject.toml -o $(EXTRA)-import.txt
	$(PIN) --extra sentry -c requirements.txt -c $(EXTRA)-stores.txt -c $(EXTRA)-import.txt pyproject.toml \
		-o $(EXTRA)-sentry.txt
	$(PIN) --extra search -c requirements.txt -c $(EXTRA)-stores.txt -c $(EXTRA)-import.txt -c $(EXTRA)-sentry.txt \
		pyproject.toml -o $(EXTRA)-search.txt
	$(PIN) --extra dev -c requirements.txt -c $(EXTRA)-import.txt -c $(EXTRA)-sentry.txt -c $(EXTRA)-search.txt \
		pyproject.toml -o .ci/requirements-dev.txt
	$(PIN) --extra bench -c .ci/requirements-dev.txt pyproject.toml -o .ci/requirements-bench.txt

clean: ## Remove the virtual environment, the pictures and the caches
	rm -rf $(VENV) build/cards $(CARDS)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Whatever is half installed is installed again: a mark is set only at the end.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check -r
# pip's own words stand above it.
NOT_FETCHED = { echo "The packages could not be fetched: is there a network?" >&2; exit 1; }

$(READY): requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=…" >&2; exit 1; }
	@echo "Preparing $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) requirements.txt || $(NOT_FETCHED)
	@touch $@

$(READY_DEV): $(READY) .ci/requirements-dev.txt
	@echo "Preparing the tools …" >&2
	@$(INSTALL) .ci/requirements-dev.txt || $(NOT_FETCHED)
	@touch $@

$(READY_BENCH): $(READY) .ci/requirements-bench.txt
	@echo "Preparing what is measured …" >&2
	@$(INSTALL) .ci/requirements-bench.txt || $(NOT_FETCHED)
	@touch $@

$(CARDS)/node_modules/.ready: $(CARDS)/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed to draw the cards: install it first." >&2; exit 1; }
	@echo "Preparing what draws the cards …" >&2
	@cd $(CARDS) && npm ci --silent
	@touch $@
