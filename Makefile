.DEFAULT_GOAL := help
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check bench soak record test-ondevice format lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Reportedly needs Python 3.11 or newer; found: $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.base

demo: $(VENV)/.base ## summarise the article in seeds/ offline and flag its claims
	$(BIN)/reportedly summarise seeds/

test: $(VENV)/.dev check ## set up, lint, type-check and run every test
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.dev ## ruff, mypy strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## measure speed and memory against a baseline of the same run
	$(BIN)/python -m benchmarks

soak: $(VENV)/.dev ## kill -9 a batch 200 times at random moments and count what was lost
	$(BIN)/python -m tests.soak.killing --kills 200

record: $(VENV)/.dev ## record the adapter tests anew: PROVIDER=simulator|openai|anthropic|google|bedrock|ollama
	$(BIN)/python -m tests.adapter.record $(PROVIDER)

test-ondevice: $(VENV)/.dev ## build llama.cpp's server (minutes) and run the pipeline on a tiny random model
	$(PYTHON) -m venv $(VENV)/ondevice
	$(VENV)/ondevice/bin/python -m pip install --quiet "llama-cpp-python[server]>=0.3.16" "gguf>=0.17"
	REPORTEDLY_LLAMA_PYTHON=$(VENV)/ondevice/bin/python $(BIN)/python -m pytest tests/ondevice

format: $(VENV)/.dev ## format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(BIN)/python ## re-resolve the hash-pinned requirements files
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--all-extras --group test --group check --group bench requirements/build.in pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		-c requirements/dev.txt requirements/build.in pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra serve --extra mcp -c requirements/dev.txt requirements/build.in pyproject.toml -o requirements/serve.txt

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
