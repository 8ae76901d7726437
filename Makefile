# Everything works from a fresh clone: each target sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
# Bytecode is written: to rewrite the assertions of all tests takes longer than to collect them.
OFFSCREEN := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen
STAMP := .venv/.set-up

# The quick tests: the core without processes, training and windows. Measured: 25 s of one core.
ENGINE := test_calibration test_device test_maps test_npz test_sequence test_suitability \
	test_tolerances bundle/test_metadata bundle/test_parts explain/test_attribution \
	imaging/test_dicom imaging/test_raster imaging/test_refusals imaging/test_voi \
	network/test_classifier network/test_equations network/test_trace \
	runtime/test_processors runtime/test_reader
VIEWER := test_messages inspect/test_rowline kit/test_captions kit/test_model_words \
	kit/test_numbers kit/test_rendering session/test_choices session/test_settings \
	session/test_suitability
QUICK := tests/test_architecture.py $(ENGINE:%=tests/engine/%.py) $(VIEWER:%=tests/viewer/%.py)

.PHONY: help setup demo check quick test numeric lint bench shots house words

help:
	@echo 'make demo    opens the demo study (without a display: predictions and a picture)'
	@echo 'make check   while you work: style, types, import contracts, the quick tests'
	@echo 'make test    style, types, import contracts, all tests'
	@echo 'make numeric the numeric tests with the instructions of older processors'
	@echo 'make lint    style, types and import contracts only'
	@echo 'make bench   ratios against peers, measured side by side'
	@echo 'make shots   pictures of the window in build/shots (SHOTS="read compare": some)'
	@echo 'make house   sizes of modules, and what data meets on its way'
	@echo 'make words   collects all words of window and engine for translators (Qt Linguist)'
	@echo 'make setup   only what the others need: .venv and shared libraries'

setup: $(STAMP)

$(STAMP): pyproject.toml .ci/setup .ci/qt-libraries
	@sh .ci/setup $(PYTHON)
	@sh .ci/qt-libraries $(BIN)/python
	@touch $@

demo: setup
	@$(BIN)/rowscope --demo

check: setup
	@$(MAKE) --no-print-directory -j2 lint quick

quick: setup
	@$(OFFSCREEN) $(BIN)/python -m pytest -q $(QUICK)

test: lint
	@$(OFFSCREEN) $(BIN)/python -m pytest -n 2 $(SPARED:%=--ignore=%)

numeric: setup
	@$(OFFSCREEN) $(BIN)/python tests/numeric.py

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' \
		|| echo 'Keras and TensorFlow could not be installed; they are left out.'
	@$(OFFSCREEN) $(BIN)/python tests/benchmarks/run.py

house: setup
	@$(OFFSCREEN) $(BIN)/python tests/house.py

words: setup
	@$(BIN)/python tests/words.py

shots: setup
	@OMP_NUM_THREADS=1 $(BIN)/python tests/shots.py $(SHOTS)
