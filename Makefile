# make verify: check every claim.  make test: run the tests.  make formal: the proofs in Rocq (needs coqc).
# Each builds .venv first if needed.

PYTHON ?= python3
EXTRAS ?= dev
BIN := .venv/bin
comma := ,
INSTALLED := .venv/installed-$(subst $(comma),-,$(EXTRAS))

.PHONY: verify formal test install lint types imports docs bench clean

verify: install
	$(BIN)/w2s verify

# Some claims are formal in part only, which is exit code 3: undecided by this tier alone.
formal: install
	@command -v coqc >/dev/null || { echo "coqc not found; apt-get install coq libcoq-coquelicot"; exit 3; }
	$(BIN)/w2s verify --tier formal || [ $$? -eq 3 ]

test: install
	$(BIN)/python -m pytest -n auto

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]'
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

docs:
	$(MAKE) install EXTRAS=$(if $(findstring docs,$(EXTRAS)),$(EXTRAS),$(EXTRAS)$(comma)docs)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

bench: install
	for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(BIN)/python $$benchmark || exit 1; done

clean:
	rm -rf .venv
