# `make help` lists the targets. All of them build in release mode, so that dependencies are compiled once.

# rustup's own folder comes last on PATH, for shells that do not read its profile; HOME may be unset (CI).
home := $(or $(HOME),$(shell getent passwd "$$(id -u)" | cut -d: -f6))
export PATH := $(PATH):$(or $(CARGO_HOME),$(home)/.cargo)/bin

formcheck := target/release/formcheck
demo := demo/wall_angels.mp4

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup build run install uninstall test check check-static lint typos heavy fuzz-night bench accuracy dist dist-check deny deny-here coach-film

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## install Debian packages and the ONNX Runtime library, where they are missing
	@scripts/setup.sh

build: setup ## the program, target/release/formcheck
	cargo build --release --locked

run: build ## the window, or an analysis of the demo clip where there is no display
	@scripts/run.sh

install: build ## the program for this user, into PREFIX (~/.local), with an entry in the desktop's menu
	@scripts/install.sh

uninstall: ## removes it; sessions and settings are kept
	@scripts/install.sh remove

test: setup ## all tests
	cargo test --release --locked

check: test lint deny-here ## everything that has to pass before a change lands
	$(formcheck) exercises check exercises routines

check-static: build lint ## the part of check without the tests: format, lints, docs, spelling, exercise files
	$(formcheck) exercises check exercises routines

lint: setup typos ## format, lints, docs, spelling
	cargo fmt --check
	cargo clippy --release --all-targets --locked -- -D warnings
	cargo clippy --release --no-default-features --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --release --no-deps --locked

typos: ## spelling; the checker is fetched into .tools/ where it is missing
	@scripts/setup.sh tools
	.tools/typos

heavy: ## the largest pose model for `--model heavy`, converted from its published file; nothing else needs it
	@scripts/setup.sh heavy

fuzz-night: setup ## the property tests with a new seed and 500 times the cases, half an hour
	@scripts/fuzz_night.sh

bench: build ## speed: criterion's benches, then the stages of the pipeline over the demo clip
	cargo bench --locked
	$(formcheck) bench $(demo)

dist: setup ## what strangers install, into dist/: tarball, Debian package, Python wheel, notices, list of parts
	@scripts/dist.sh

dist-check: ## installs each of them in a clean root without network, and runs it there
	@scripts/dist_check.sh

deny: ## rules for dependencies (deny.toml): licences, bans, sources; what looks at them is built first where it is missing
	@scripts/setup.sh dist
	@$(MAKE) --no-print-directory deny-here

# The same as a part of check, where the tool is: building it takes as long as half of the tests.
deny-here:
	@if [ -x .tools/cargo-deny ]; then .tools/cargo-deny check licenses bans sources; \
	else echo "the rules for dependencies were not looked at: make deny"; fi

coach-film: setup ## a film of two minutes of the coach, screen and sound, into docs/coach.mp4
	cargo test --release --locked --test live -- --ignored --exact routine::a_film_of_the_coach

accuracy: build ## counts, holds and sides against the truth of tests/fixtures/clips, into docs/accuracy.md
	python3 scripts/accuracy.py
