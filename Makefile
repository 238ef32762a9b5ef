# The commands of this project: make install | run | test | proof | flask | clean
.DEFAULT_GOAL := run
PYTHON ?= python3
PY := .venv/bin/python
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)

.PHONY: run install test proof flask messages clean

run: .venv/runtime .venv/catalogues
	@exec $(PY) launch.py $(ARGS)

install: .venv/runtime .venv/catalogues

test: .venv/dev .venv/catalogues
	$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

proof: .venv/dev .venv/catalogues
	$(PY) -m pytest -m proof $(ARGS)

# A command beside a running `make run`, for example: make flask CMD="import-complaints complaints.csv"
flask: .venv/runtime .venv/catalogues
	@$(PY) launch.py --flask $(CMD)

# After a change of words: collect them, bring the catalogues up to date, say what is missing.
messages: .venv/runtime
	.venv/bin/pybabel --quiet extract --mapping-file babel.cfg --keywords "_l" --keywords "lazy_gettext" --keywords "Setting:5" --no-location --sort-output --omit-header --output translations/messages.pot .
	.venv/bin/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --input-file translations/messages.pot --output-dir translations
	$(PY) -m tests.translations

clean:
	rm -rf .venv

# The stamps hold what was installed, so that a second `make` has nothing to do.
.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo 'Redress needs Python 3.11 or newer as $(PYTHON); name another one with: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo 'Python could not make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv'; rm -rf .venv; exit 1; }
	@touch $@

.venv/runtime: requirements.txt | .venv/made
	@echo 'Installing the pinned packages into .venv'
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt | .venv/runtime
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

.venv/catalogues: $(CATALOGUES) | .venv/runtime
	@$(if $(CATALOGUES),.venv/bin/pybabel --quiet compile --directory translations)
	@touch $@
