# make run   opens the program on the bundled sample pair; without a display, compares the methods on it
# make test  runs every check and test
# make package       builds the .deb and the portable .tar.xz (packaging/README.md)
# make package-test  tries what was built; as root, make deb-test tries the .deb in a clean Debian
# All need only Python 3.11 or newer and make; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# How hard the packages are (and were) compressed, 0 to 9; less is for trials.
XZ ?= 6
SAMPLE := resources/samples/street_short.jpg resources/samples/street_long.jpg

.PHONY: run test package package-test deb-test check unit translations clean

run: $(VENV)/.installed
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		packaging/linux/system-libraries.sh run && $(BIN)/lsd2-gui $(SAMPLE); \
	else \
		echo "There is no display: comparing the methods on the sample pair without a window."; \
		mkdir -p build; \
		$(BIN)/lsd2 compare $(SAMPLE) --reference resources/samples/street_sharp.jpg -o build/sample --force; \
	fi

test: $(VENV)/.tested
	@packaging/linux/system-libraries.sh test
	$(MAKE) check unit

package: $(VENV)/.packaged
	@packaging/linux/system-libraries.sh package
	$(BIN)/python packaging/build.py --level $(XZ)

package-test: $(VENV)/.packaged
	@packaging/linux/system-libraries.sh package
	$(BIN)/python packaging/package_test.py --level $(XZ)

deb-test: $(VENV)/.packaged
	@packaging/linux/system-libraries.sh package
	$(BIN)/python packaging/deb_test.py

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=core:. $(BIN)/lint-imports

unit:
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian: apt-get install python3-venv"; exit 1; }

# torch goes first and pinned, so that nothing else pulls in another build of it.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Collects the texts of the program, tells what is left to translate, and compiles the catalogues.
translations: $(VENV)/.installed
	$(BIN)/python packaging/translations.py

$(VENV)/.packaged: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[package]'
	@touch $@

clean:
	rm -rf $(VENV) build dist
