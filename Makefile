# Two commands set everything up on a fresh Debian 12: `make demo` and `make test`.

BUILD    ?= build
PREFIX   ?= /usr/local
JOBS     ?= $(shell nproc)
VERSION_OF_CLANG = 14
SUDO     := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PYTHON    = /usr/bin/python3
ATTNGRAPH = $(BUILD)/attngraph

BUILD_PACKAGES = g++ cmake ninja-build pkg-config ccache libigraph-dev libeigen3-dev libcli11-dev \
  nlohmann-json3-dev libfmt-dev libdeflate-dev libexpat1-dev libpng-dev zlib1g-dev \
  libutf8proc-dev libsimdjson-dev libgudhi-dev liblapack-dev
DEMO_PACKAGES  = $(BUILD_PACKAGES) librsvg2-bin fonts-dejavu-core
TEST_PACKAGES  = $(DEMO_PACKAGES) graphviz doctest-dev librapidcheck-dev clang-$(VERSION_OF_CLANG) \
  libclang-rt-$(VERSION_OF_CLANG)-dev chromium python3-numpy python3-scipy python3-networkx \
  python3-torch python3-igraph python3-gudhi python3-jsonschema zsh fish strace
WHEEL_PACKAGES = $(BUILD_PACKAGES) python3-venv binutils
DEB_PACKAGES   = $(BUILD_PACKAGES) dpkg-dev file scdoc
LIGHT_PACKAGES = $(TEST_PACKAGES) $(WHEEL_PACKAGES) scdoc man-db jq
CLEAN_PACKAGES = $(LIGHT_PACKAGES) pypy3 pypy3-venv lintian mmdebstrap
ENGINE_PACKAGES = $(BUILD_PACKAGES) slurmctld slurmd slurm-client munge parallel snakemake \
  openssh-server openssh-client
COVERAGE_PACKAGES = $(TEST_PACKAGES) llvm-$(VERSION_OF_CLANG)
VALGRIND_PACKAGES = $(BUILD_PACKAGES) valgrind
LINT_PACKAGES  = clang-format-$(VERSION_OF_CLANG) clang-tidy-$(VERSION_OF_CLANG)

CMAKE = cmake -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
CLANG = -DCMAKE_CXX_COMPILER=clang++-$(VERSION_OF_CLANG)
# The second compiler is there to find mistakes, not to make a fast program.
QUICK = -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1
# Inlined, a target is given several times as much.
FUZZING = -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O2
# The library's own assertions tell of an index that is out of range.
CHECKED = -DCMAKE_CXX_FLAGS_DEBUG='-O0 -D_GLIBCXX_ASSERTIONS'
COUNT ?= 300
SECONDS = 5
FUZZED = readers writers program
SOURCES = $(shell git ls-files '*.cpp' '*.hpp')
SOURCES_TO_TIDY = $(shell sh tests/tools/changed_sources.sh)

# What is packed is of the day of the release, so that two builds give the same bytes.
export SOURCE_DATE_EPOCH ?= $(shell date -u +%s -d "$$(sed -n 's/^## [0-9.]*, //p' docs/changelog.md | head -n 1)")

.DEFAULT_GOAL := help
.PHONY: help docs demo build test unit oracles oracles-peers clusters sanitize sanitize-all threads valgrind coverage fuzz fuzz-fast install format lint layout tidy rebase recipes bench wheel deb dist packages packages-light engines faults errors mutants image differential

# Installs what is missing of the packages named; asks for nothing when all are there.
define install_missing
@missing=""; for p in $(1); do \
  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then echo "Installing$$missing"; \
  $(SUDO) apt-get update -qq || echo "going on with the lists of packages that are there"; \
  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | \
	  awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: ## install what is missing, build, and show the main job on real attention
	$(call install_missing,$(DEMO_PACKAGES))
	@$(CMAKE) -S . -B $(BUILD) -DATTNGRAPH_TESTS=OFF >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target attngraph
	@sh docs/demo.sh $(ATTNGRAPH)

build: ## build the program
	$(call install_missing,$(BUILD_PACKAGES))
	@$(CMAKE) -S . -B $(BUILD) -DATTNGRAPH_TESTS=OFF >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target attngraph

test: unit oracles clusters sanitize ## install what is missing, build with warnings as errors, run every test

unit:
	$(call install_missing,$(TEST_PACKAGES))
	@$(CMAKE) -S . -B $(BUILD)-test -DATTNGRAPH_WERROR=ON >/dev/null
	@cmake --build $(BUILD)-test -j $(JOBS)
	@ctest --test-dir $(BUILD)-test --output-on-failure

oracles: unit
	@$(PYTHON) tests/oracle/run_all.py $(BUILD)-test/attngraph
	@$(PYTHON) tests/peers/run_all.py $(BUILD)-test/attngraph --committed

# The schemas of JSON, and what is installed of the engines; make engines installs them.
clusters: unit
	@cmake --build $(BUILD)-test -j $(JOBS) --target manuals
	@$(PYTHON) tests/packages/schemas.py $(BUILD)-test
	@$(PYTHON) tests/packages/engines.py $(BUILD)-test/attngraph

sanitize: ## build with clang, run the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	$(call install_missing,$(TEST_PACKAGES))
	@$(CMAKE) $(CLANG) $(QUICK) -S . -B $(BUILD)-sanitize -DATTNGRAPH_WERROR=ON \
	  -DATTNGRAPH_SANITIZE=address,undefined >/dev/null
	@cmake --build $(BUILD)-sanitize -j $(JOBS)
	@ctest --test-dir $(BUILD)-sanitize --output-on-failure

sanitize-all: sanitize threads ## sanitizers on all: the oracles ask the program with them, too
	@ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:detect_leaks=1 \
	  $(PYTHON) tests/oracle/run_all.py $(BUILD)-sanitize/attngraph

threads: ## run the tests of threads and kernels under ThreadSanitizer
	$(call install_missing,$(TEST_PACKAGES))
	@$(CMAKE) $(CLANG) $(QUICK) -S . -B $(BUILD)-threads -DATTNGRAPH_SANITIZE=thread >/dev/null
	@cmake --build $(BUILD)-threads -j $(JOBS) --target test_core test_numeric
	@ctest --test-dir $(BUILD)-threads --output-on-failure -R '^(core|numeric)$$'

valgrind: ## run every command once on small inputs under valgrind
	$(call install_missing,$(VALGRIND_PACKAGES))
	@$(MAKE) --no-print-directory build
	@$(PYTHON) tests/tools/valgrind.py $(ATTNGRAPH)

coverage: ## show by floor what tests reach; UNREACHED=lib/formats lists the lines they do not
	$(call install_missing,$(COVERAGE_PACKAGES))
	@$(CMAKE) $(CLANG) -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 -S . -B $(BUILD)-coverage \
	  -DATTNGRAPH_COVERAGE=ON >/dev/null
	@cmake --build $(BUILD)-coverage -j $(JOBS)
	@rm -rf $(BUILD)-coverage/profiles
	@LLVM_PROFILE_FILE=$(abspath $(BUILD)-coverage)/profiles/%8m.profraw \
	  ctest --test-dir $(BUILD)-coverage --timeout 3600 --output-on-failure -E '^(browser|faults)'
	@$(PYTHON) tests/tools/coverage.py $(BUILD)-coverage $(UNREACHED)

fuzz: ## build the fuzz targets, or those of FUZZED, and run each for SECONDS, or those of TARGETS
fuzz: FUZZ_BUILD = $(BUILD)-fuzz
fuzz: WATCHED = -DATTNGRAPH_SANITIZE=address,undefined,fuzzer-no-link
fuzz-fast: ## the same with assertions only, without sanitizers: several times as many executions
fuzz-fast: FUZZ_BUILD = $(BUILD)-fuzz-fast
fuzz-fast: SEEN = -fsanitize-coverage=inline-8bit-counters,pc-table
fuzz fuzz-fast:
	$(call install_missing,$(TEST_PACKAGES))
	@$(CMAKE) $(CLANG) $(FUZZING) -DCMAKE_CXX_FLAGS='-D_GLIBCXX_ASSERTIONS $(SEEN)' -S . -B $(FUZZ_BUILD) \
	  -DATTNGRAPH_FUZZ=ON $(WATCHED) >/dev/null
	@cmake --build $(FUZZ_BUILD) -j $(JOBS) --target $(addprefix fuzz_,$(FUZZED))
	@sh tests/fuzz/run.sh $(FUZZ_BUILD)/tests/fuzz $(SECONDS) $(TARGETS)

faults: ## fail every system call of representative commands once; end work at many moments
	$(call install_missing,$(TEST_PACKAGES))
	@$(MAKE) --no-print-directory build
	@$(PYTHON) tests/faults/inject.py $(ATTNGRAPH)
	@$(PYTHON) tests/faults/interrupted.py $(ATTNGRAPH) 10
	@$(PYTHON) tests/faults/limits.py $(ATTNGRAPH)

errors: ## list the texts of errors that no test throws
	$(call install_missing,$(TEST_PACKAGES))
	@$(CMAKE) -S . -B $(BUILD)-test -DATTNGRAPH_WERROR=ON >/dev/null
	@cmake --build $(BUILD)-test -j $(JOBS)
	@sh tests/tools/thrown.sh $(BUILD)-test

mutants: ## change an operator or a constant of readers and kernels, COUNT times: do the tests notice?
	$(call install_missing,$(TEST_PACKAGES))
	@$(PYTHON) tests/mutants/run.py $(BUILD)-mutants --count $(COUNT) --jobs $(JOBS) \
	  --configure "$(CMAKE) $(CLANG) -DCMAKE_BUILD_TYPE=Debug $(CHECKED)"

rebase: unit ## write the golden runs and the examples in the documents anew; read the diff
	@ATTNGRAPH_REBASE=1 $(BUILD)-test/tests/test_cli >/dev/null; git diff --stat -- tests docs README.md

install: build ## install program, manual pages, completions and libraries below PREFIX
	$(call install_missing,scdoc)
	@cmake --build $(BUILD) -j $(JOBS) --target manuals
	@cmake --install $(BUILD) --prefix $(PREFIX)

wheel: ## pack the program and the Python module into BUILD/dist
	$(call install_missing,$(WHEEL_PACKAGES))
	@$(MAKE) --no-print-directory build
	@rm -f $(BUILD)/dist/*.whl
	@python="$$(sh tests/tools/venv.sh app/python/requirements.txt)"; PATH="$${python%/*}:$$PATH" \
	  "$$python" app/python/make_wheel.py $(BUILD) $(BUILD)/dist

deb: ## pack a Debian package into BUILD/dist
	$(call install_missing,$(DEB_PACKAGES))
	@$(CMAKE) -S . -B $(BUILD)-deb -DATTNGRAPH_TESTS=OFF -DATTNGRAPH_ARCHIVES=OFF >/dev/null
	@cmake --build $(BUILD)-deb -j $(JOBS) --target attngraph manuals
	@rm -f $(BUILD)/dist/*.deb
	@cd $(BUILD)-deb && cpack -D CPACK_OUTPUT_FILE_PREFIX="$(abspath $(BUILD))/dist" >cpack.log || \
	  { cat cpack.log; exit 1; }
	@ls $(BUILD)/dist/*.deb

dist: ## pack the sources into BUILD/dist; they build without git
	@mkdir -p $(BUILD)/dist && rm -f $(BUILD)/dist/*.tar.gz
	@name=attngraph-$$(sed -n 's/^project(attngraph VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt); \
	  git archive --format tar --prefix $$name/ HEAD | gzip -9n >$(BUILD)/dist/$$name.tar.gz; \
	  ls $(BUILD)/dist/$$name.tar.gz

packages: ## try the wheel, the Debian package and make install in clean environments
	$(call install_missing,$(CLEAN_PACKAGES))
	@$(MAKE) --no-print-directory packages-light deb
	@$(PYTHON) tests/packages/deb.py $(BUILD)/dist/attngraph_*.deb
	@$(PYTHON) tests/packages/reproducible.py $(BUILD)
	@sh tests/packages/igraph_1.sh

# What needs no clean root, and a few minutes.
packages-light:
	$(call install_missing,$(LIGHT_PACKAGES))
	@$(MAKE) --no-print-directory wheel dist
	@cmake --build $(BUILD) -j $(JOBS) --target manuals
	@$(PYTHON) tests/packages/wheel.py $(BUILD)/dist/attngraph-*.whl
	@$(PYTHON) tests/packages/install.py $(BUILD)
	@$(PYTHON) tests/packages/pipeline.py $(ATTNGRAPH)
	@$(PYTHON) tests/packages/dist.py $(BUILD)/dist/attngraph-*.tar.gz

image: deb dist ## run the recipe of the image from the tarball in a clean root; its package must be the same
	$(call install_missing,mmdebstrap)
	@$(PYTHON) tests/packages/image.py $(BUILD)/dist/attngraph-*.tar.gz $(BUILD)/dist/attngraph_*.deb

engines: ## run the examples of docs/cluster.md with Slurm, GNU parallel and Snakemake
	$(call install_missing,$(ENGINE_PACKAGES))
	@$(MAKE) --no-print-directory build
	@$(PYTHON) tests/packages/engines.py $(ATTNGRAPH)

format: ## lay out the sources
	$(call install_missing,$(LINT_PACKAGES))
	@clang-format-$(VERSION_OF_CLANG) -i $(SOURCES)

lint: ## check layout, and run clang-tidy on every source
	@$(MAKE) --no-print-directory layout tidy SOURCES_TO_TIDY="$$(git ls-files 'app/*.cpp' 'lib/*.cpp')"

layout:
	$(call install_missing,$(LINT_PACKAGES))
	@clang-format-$(VERSION_OF_CLANG) --dry-run --Werror $(SOURCES)

# A source takes clang-tidy ten seconds: CI looks at what changed of late.
tidy:
	$(call install_missing,$(BUILD_PACKAGES) $(LINT_PACKAGES))
	@$(CMAKE) $(CLANG) -S . -B $(BUILD)-lint -DATTNGRAPH_TESTS=OFF >/dev/null
	@printf '%s\n' $(SOURCES_TO_TIDY) | \
	  xargs -P $(JOBS) -n 4 clang-tidy-$(VERSION_OF_CLANG) -p $(BUILD)-lint --quiet

docs: build ## draw the pictures of docs/gallery.md anew
	@sed -n 's,^attngraph ,$(ATTNGRAPH) ,p' docs/gallery.md | sh -e

recipes: build ## run the snippets of docs/dumping.md and docs/tutorial.md against the real libraries, pinned
	$(call install_missing,python3-venv)
	@"$$(sh tests/tools/venv.sh tests/recipes/requirements.txt)" tests/recipes/run.py $(ATTNGRAPH)

differential: ## what is read, NumPy, torch and safetensors of today, pinned, read as the same numbers
	$(call install_missing,$(TEST_PACKAGES) python3-venv)
	@$(CMAKE) -S . -B $(BUILD)-test -DATTNGRAPH_WERROR=ON >/dev/null
	@cmake --build $(BUILD)-test -j $(JOBS) --target read_numbers
	@"$$(sh tests/tools/venv.sh tests/recipes/requirements.txt)" -W ignore tests/fuzz/differential.py \
	  $(BUILD)-test/tests/fuzz/read_numbers

oracles-peers: build ## ask other packages, pinned, for the same numbers; writes tests/peers/results
	$(call install_missing,python3-venv)
	@$(PYTHON) tests/peers/run_all.py $(ATTNGRAPH)

bench: build ## measure beside other programs; writes docs/benchmarks.md
	$(call install_missing,python3-venv python3-graph-tool)
	@$(PYTHON) tests/bench/bench.py $(ATTNGRAPH)
