# Two commands: `make demo` shows the whole line on the example reports, `make test` checks everything.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
APT    := $(shell test "$$(id -u)" = 0 && echo apt-get || echo sudo apt-get)
PIP    := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes
DEMO   := demo

.PHONY: demo install test check lint types docs accuracy bench lock screenshots clean
.DELETE_ON_ERROR:

demo: install
	@BIN=$(BIN) scripts/demo.sh $(DEMO)

install: $(VENV)/installed

test: $(VENV)/tested-with $(VENV)/browser
	@$(MAKE) --no-print-directory lint types
	$(BIN)/python -m pytest
	$(BIN)/python bench/accuracy.py --gate

lint: $(VENV)/tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/tested-with
	$(BIN)/mypy

docs: $(VENV)/tested-with
	$(BIN)/python scripts/docs.py

accuracy: install
	$(BIN)/python bench/accuracy.py

bench: $(VENV)/benched-with
	$(BIN)/python bench/speed.py

screenshots: $(VENV)/tested-with $(VENV)/browser
	$(BIN)/python scripts/screenshots.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "accordingto needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(APT) -qq update && $(APT) -qq install -y python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements/build.txt requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) -r requirements/build.txt -r requirements/run.txt
	$(BIN)/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/tested-with: requirements/test.txt $(VENV)/installed
	$(PIP) -r requirements/test.txt
	@touch $@

$(VENV)/benched-with: requirements/bench.txt $(VENV)/installed
	$(PIP) -r requirements/bench.txt
	@touch $@

# The pages are tested in a real browser; libatomic is what Playwright's driver is linked to.
$(VENV)/browser: | $(BIN)/python
	@test -x /usr/bin/chromium && /sbin/ldconfig -p | grep -q libatomic.so.1 || \
	  { $(APT) -qq update && $(APT) -qq install -y --no-install-recommends chromium libatomic1; }
	@touch $@

# After a change of dependencies in pyproject.toml (needs uv): hashed locks without any index address.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --no-emit-index-url
lock:
	$(LOCK) pyproject.toml --output-file requirements/run.txt
	for group in build test bench; do $(LOCK) --group $$group --constraints requirements/run.txt --output-file requirements/$$group.txt; done

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
