# Everything runs in .venv; each target installs what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install run test test-fast coverage check format pictures bench soak length-report length-fit constraints clean

install: $(VENV)/installed
	@$(BIN)/python -m bot vocab

# pip takes no hashes for a local project: first the pinned libraries, then the project without any
$(VENV)/installed: constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: install
	@exec $(BIN)/python -m bot run

# WORKERS processes share the tests, each with a PostgreSQL database of its own
WORKERS ?= 2
test: install
	$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST)

# everything that needs no process of its own, no server, no browser
test-fast: install
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow"

# how much those tests reach of the rooms without Discord; fails below the floor in pyproject.toml
coverage: install
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow" --cov --cov-report=term

check: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright

format: $(VENV)/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# README's and the documentation's images, from the sandbox; needs Chromium. NAMES="totals-fr recap-en" takes some
pictures: install
	$(BIN)/python -m scripts.chart_pictures
	$(BIN)/python -m scripts.screenshots $(NAMES)

bench: install
	$(BIN)/python -m benchmarks

# ten minutes in busy servers with faults all along; SOAK="--minutes 2 --seed 7" for others. Ctrl-C says where it was
soak: install
	$(BIN)/python -m benchmarks.soak $(SOAK)

# how good the answer-length predictor is on prompts it hasn't seen; DATA is the folder with prompts and lengths
length-report: $(VENV)/installed
	@$(BIN)/python -m scripts.length_report --data $(DATA) $(WRITE)

# refits its coefficients
length-fit: $(VENV)/installed
	$(BIN)/python -m scripts.fit_answer_length --data $(DATA)

# pins the newest versions that pyproject.toml allows; needs uv
constraints:
	uv pip compile --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
		--no-emit-index-url --no-header --no-annotate pyproject.toml -o constraints.txt

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
