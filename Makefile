# `make demo` shows flowc at work, `make test` runs the tests, `make release` builds it for use. All install what is missing
# (Debian, Ubuntu).

# The tests hold flows against the schema with a validator in Python, and draw with Graphviz.
PACKAGES = graphviz libyaml-dev pkg-config python3-jsonschema python3-yaml
STRICT = --explicit-target-dependency-import-check error

.PHONY: all setup build release demo test lint fuzz bench clean

all: build

# Installs Debian packages that are missing; does nothing where all are there.
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
	swift format lint --strict --recursive Sources Tests Package.swift

# One minute for each target; needs the fuzzer that comes with the toolchain.
fuzz: setup
	Scripts/fuzz

bench: setup
	Scripts/bench

clean:
	swift package clean
