# `make run` is all a newcomer needs; `make test` is all a change has to pass. PORT= and DATABASE_URL= go with every command.
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv/bin/

# The one switch that allows plain HTTP. Only this file sets it: a production server is not started by make.
export TYM_PLAIN_HTTP := 1
export PORT

.PHONY: setup run dev test quick format lock python

setup: python
	@$(PYTHON) .ci/setup.py

run: python
	@env -u TYM_DEBUG $(PYTHON) .ci/setup.py --port $(PORT)
	@env -u TYM_DEBUG $(VENV)python manage.py demo --if-empty
	@exec env -u TYM_DEBUG $(VENV)gunicorn --config .ci/gunicorn.conf.py tym.wsgi:application

dev: export TYM_DEBUG := 1
dev: python
	@$(PYTHON) .ci/setup.py --port $(PORT)
	@$(VENV)python manage.py demo --if-empty
	@exec $(VENV)python manage.py runserver 127.0.0.1:$(PORT)

test: python
	@$(PYTHON) .ci/checks.py

# Some tests on SQLite, in the same environment as `make test`: make quick ARGS="tests/core -k period"
quick: python
	@$(PYTHON) .ci/checks.py --quick $(ARGS)

format: python
	@$(PYTHON) .ci/setup.py --dev --machine-only
	@$(VENV)ruff check --fix-only --quiet .
	@$(VENV)ruff format .

lock: python
	@$(PYTHON) .ci/lock.py

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install -y python3 python3-venv" >&2; exit 1; }
