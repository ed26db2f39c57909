# A facade: every target does its own set-up, names and installs what is missing, builds, and runs.
#
#   make report [SEED=7] [EPOCHS=20000] [P=113]   report/index.html, training what is missing
#   make report SEEDS=0-9                         the same for several seeds, and which claims depend on the seed
#   make report PAPER=1                           the same, with a model of the paper's kind beside the post's
#   make sweep ENGINE=slurm SEEDS=0-99            the same on a Slurm cluster, one task a seed: docs/scaling.md
#   make test                                     the tests: everything that a change can break, in minutes
#   make reliability                              every test with every fault, and docs/reliability.md with what they tried
#   make calibration                              every claim on models in which it is true or false: docs/calibration.md
#   make mutation                                 do the tests notice small mistakes? docs/testing.md
#   make watch [SEED=7]                           the report in a browser, shown anew after every change of its text
#   make browser-test                             the report of `make report`, read and used in Chromium
#   make fuzz [SECONDS=600]                       hostile files, templates and command lines, under the sanitizers
#   make sanitize                                 tests under the address and undefined-behaviour sanitizers
#   make coverage                                 which lines of the program the tests execute: 90 % at least
#   make threads                                  the tests in which threads meet, under the thread sanitizer
#   make cluster-test                             a small sweep through a Slurm that is started for it on this machine
#   make reference SEEDS=100-199                  many seeds judged: docs/reference/claims.csv, which badges compare with
#   make bench                                    what the training costs, and against what
#   make performance                              the same at every size, written to docs/performance.md
#   make quick                                    a small report in well under a minute, to try the program
#   make format | lint                            clang-format, clang-tidy
#   make clean | distclean                        without, or with, the trained runs

SEED = 0
SEEDS =
ENGINE = here
EPOCHS = 20000
P = 113
PAPER =
OUTPUT = .
OPTIONS =
SECONDS = 600
BUILD = build

BUILD_PACKAGES := g++ cmake ninja-build pkgconf git libtorch-dev libopenblas-dev libdnnl-dev libeigen3-dev \
    libgnuplot-iostream-dev libboost-program-options-dev libboost-iostreams-dev libboost-filesystem-dev \
    libboost-system-dev libcmark-dev libkainjow-mustache-dev nlohmann-json3-dev libfmt-dev libzip-dev libssl-dev \
    libcpp-httplib-dev libpugixml-dev libpng-dev librsvg2-dev libqpdf-dev libsqlite3-dev zlib1g-dev catch2
REPORT_PACKAGES := gnuplot-nox ffmpeg fonts-dejavu-core nodejs libjs-katex fonts-katex python3-pygments
TEST_PACKAGES := python3-torch python3-numpy python3-scipy python3-pandas
# Debian's npm, unless another nodejs brought its own
BROWSER_PACKAGES := chromium poppler-utils $(shell command -v npm >/dev/null || echo npm)
CLUSTER_PACKAGES := slurm-wlm munge
LINT_PACKAGES := clang-format clang-tidy
SANITIZE_PACKAGES := clang libclang-rt-dev libomp-dev llvm gcovr

.PHONY: all report sweep build tests test reliability calibration mutation watch browser-test cluster-test fuzz sanitize coverage threads bench reference \
    performance quick packages test-packages browser-packages cluster-packages lint-packages \
    sanitize-packages format lint clean distclean
all: report

MODEL = --epochs $(EPOCHS) --p $(P)

report: build
	$(BUILD)/grokreport report $(if $(SEEDS),--seeds $(SEEDS),--seed $(SEED)) $(MODEL) $(if $(PAPER),--paper) --output $(OUTPUT) $(OPTIONS)

sweep: build
	@case "$(ENGINE)" in here|slurm) ;; *) echo "ENGINE is here or slurm, not $(ENGINE)" >&2; exit 2;; esac
	@test -n "$(SEEDS)" || { echo "which seeds? make sweep SEEDS=0-9" >&2; exit 2; }
	$(if $(filter slurm,$(ENGINE)),cluster/sweep.sh $(abspath $(BUILD))/grokreport $(SEEDS) $(abspath $(OUTPUT)), \
	    $(BUILD)/grokreport report --seeds $(SEEDS) --output $(OUTPUT)) $(MODEL) $(if $(PAPER),--paper) $(OPTIONS)

tests: build test-packages
	@cmake --build $(BUILD) --target grokreport_tests grokreport_textbook_tests

test: tests
	cd $(BUILD) && ctest --output-on-failure --parallel $$(nproc)

reliability: tests
	GROKREPORT_RELIABILITY=$(abspath $(BUILD))/reliability.md $(BUILD)/grokreport_tests
	$(BUILD)/grokreport_textbook_tests
	sed -i '/^<!-- what follows/q' docs/reliability.md
	cat $(BUILD)/reliability.md >> docs/reliability.md

# In a program that is built with -O0 for a short build; the draws take some minutes.
calibration: tests
	GROKREPORT_CALIBRATION=$(abspath $(BUILD)) $(BUILD)/grokreport_tests "[calibration]"
	sed -i '/^<!-- what follows/q' docs/calibration.md
	cat $(BUILD)/calibration.md >> docs/calibration.md
	mkdir -p docs/reference && cp $(BUILD)/calibration.csv docs/reference/calibration.csv

mutation: tests
	/usr/bin/python3 tests/mutation/mutate.py $(OPTIONS)

watch: build
	$(BUILD)/grokreport watch --seed $(SEED) $(MODEL) --output $(OUTPUT) $(OPTIONS)

browser-test: build browser-packages
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && node --test --test-concurrency=$$(nproc) page.test.mjs explorer.test.mjs sweep.test.mjs watch.test.mjs

# Instrumented builds: clang, every access watched. What is not ours is not instrumented (LibTorch, oneDNN, OpenBLAS, librsvg), and
# may keep its memory: tests/sanitizers says what, and why.
LEAKS = LSAN_OPTIONS=suppressions=$(abspath tests/sanitizers)/leaks.txt:print_suppressions=0
INSTRUMENTED = cmake -S . -G Ninja -D CMAKE_CXX_COMPILER=clang++ -D GROKREPORT_ARCH=x86-64-v3

# New inputs that reach new code are kept in build-sanitize/found-*; what breaks a reader, in build-sanitize/broken-*.
# The checkpoints, whose format is the widest, get a third of the time. As many fuzzers as cores run at once.
FUZZERS = checkpoint:3 safetensors:6 template:6 options:6 stored:6

fuzz: packages sanitize-packages
	$(INSTRUMENTED) -B build-sanitize -D GROKREPORT_SANITIZE=address,undefined
	cmake --build build-sanitize --target fuzzers
	@printf '%s\n' $(FUZZERS) | xargs -P $$(nproc) -I{} sh -c 'fuzzer=$${1%:*} part=$$(($(SECONDS) / $${1#*:})); \
	    mkdir -p build-sanitize/found-$$fuzzer; \
	    echo "$$fuzzer: $$part s"; \
	    build-sanitize/$${fuzzer}_fuzz -max_total_time=$$((part > 0 ? part : 1)) -timeout=60 -rss_limit_mb=2048 \
	        -max_len=16384 -close_fd_mask=1 -artifact_prefix=build-sanitize/broken-$$fuzzer- \
	        build-sanitize/found-$$fuzzer tests/fuzz/corpus/$$fuzzer 2>build-sanitize/$$fuzzer.log \
	        || { tail -n 40 build-sanitize/$$fuzzer.log; exit 255; }; \
	    grep -E "^(#.*DONE|stat::)" build-sanitize/$$fuzzer.log || true' sh {}

# What ctest calls watched, in cmake/tests.cmake: the tests in which memory can go wrong, one whole program among them.
sanitize: packages sanitize-packages
	$(INSTRUMENTED) -B build-sanitize -D GROKREPORT_SANITIZE=address,undefined
	cmake --build build-sanitize --target grokreport_tests
	cd build-sanitize && UBSAN_OPTIONS=print_stacktrace=1 $(LEAKS) ctest --output-on-failure --parallel $$(nproc) -L watched

coverage: packages sanitize-packages
	$(INSTRUMENTED) -B build-coverage -D GROKREPORT_SANITIZE=address,undefined -D GROKREPORT_COVERAGE=ON
	cmake --build build-coverage --target grokreport_tests
	find build-coverage -name '*.gcda' -delete
	$(LEAKS) build-coverage/grokreport_tests "~[faults]~[oracle]~[pipeline],two seeds and a grid*,*is refused in one line"
	gcovr --gcov-executable "llvm-cov gcov" --root . --filter src/ --exclude src/main.cpp \
	    --object-directory build-coverage --sort-percentage --fail-under-line 90

threads: packages sanitize-packages
	$(INSTRUMENTED) -B build-threads -D GROKREPORT_SANITIZE=thread
	cmake --build build-threads --target grokreport_thread_tests
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 TSAN_OPTIONS=suppressions=$(abspath tests/sanitizers)/races.txt:halt_on_error=1 \
	    build-threads/grokreport_thread_tests "~[oracle]" $(OPTIONS)

cluster-test: build cluster-packages
	tests/cluster/slurm_test.sh $(BUILD)/grokreport

# Goes on where it was interrupted. Weights are kept in .cache/reference: 6 MB a seed.
reference: build
	@test -n "$(SEEDS)" || { echo "which seeds? make reference SEEDS=100-199" >&2; exit 2; }
	$(BUILD)/grokreport reference --seeds $(SEEDS) --output $(OUTPUT) --document docs/robustness.md --readme README.md $(OPTIONS)

bench: build test-packages
	$(BUILD)/grokreport bench $(OPTIONS)

performance: build test-packages
	$(BUILD)/grokreport bench --full --table $(BUILD)/performance.md
	sed -i '/^<!-- what follows/q' docs/performance.md
	cat $(BUILD)/performance.md >> docs/performance.md

quick: build
	$(BUILD)/grokreport report --seed $(SEED) --epochs 500 --p 59 --output $(BUILD)/quick $(OPTIONS)

build: packages
	@test -f $(BUILD)/build.ninja || cmake -S . -B $(BUILD) -G Ninja
	@cmake --build $(BUILD)

# $(call install,LIST) names the packages of LIST that are missing and installs them, where this is Debian.
define install
	@missing=$$(for name in $(1); do dpkg-query -W -f '$${db:Status-Abbrev}' $$name 2>/dev/null | grep -q '^ii' \
	    || echo $$name; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	    echo "grokreport needs these Debian packages, or what they are called here:" $$missing >&2; \
	    echo "install them (LibTorch unpacked elsewhere: CMAKE_PREFIX_PATH) and run cmake by hand: README.md" >&2; \
	    exit 1; fi; \
	echo "installing" $$missing; \
	sudo=$$([ $$(id -u) = 0 ] || echo sudo); \
	$$sudo apt-get update -q >/dev/null && \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qy --no-install-recommends $$missing >/dev/null
endef

packages:
	$(call install,$(BUILD_PACKAGES) $(REPORT_PACKAGES))

test-packages: packages
	$(call install,$(TEST_PACKAGES))

browser-packages: packages
	$(call install,$(BROWSER_PACKAGES))

cluster-packages: packages
	$(call install,$(CLUSTER_PACKAGES))

sanitize-packages:
	$(call install,$(SANITIZE_PACKAGES))

lint-packages: packages
	$(call install,$(LINT_PACKAGES))

format: lint-packages
	clang-format -i $$(git ls-files '*.h' '*.cpp')

# It asks for no build: the file list and the compiler's options are all that clang-tidy needs of it. cmake/lint.cmake
lint: lint-packages
	clang-format --dry-run --Werror $$(git ls-files '*.h' '*.cpp')
	cmake -S . -B $(BUILD) -G Ninja >/dev/null
	printf '%s\n' $(BUILD)/lint/*.cpp | xargs -P $$(nproc) -n 1 clang-tidy -quiet -p $(BUILD)

clean:
	rm -rf $(BUILD) report/index.html report/claims.json report/claims.junit.xml report/claims.csv report/claims-by-seed.csv report/sweep.sqlite report/robustness.json report/robustness.md \
	    report/grid.json report/compare.json report/compare.html report/seeds report/results \
	    report/imported build-sanitize build-coverage build-threads build-mutation
	find figures -mindepth 1 -not -name README.md -delete

# Trained runs are the one thing here that takes minutes to make again.
distclean: clean
	@for run in report/runs/*/; do [ -d "$$run" ] || continue; \
	    echo "deleting the trained run $$run ($$(tail -n1 $$run/metrics.csv | cut -d, -f1) epochs," \
	         "$$(( $$(date +%s -r $$run/metrics.csv) - $$(date +%s -r $$run/config.json) )) s of training)"; done
	rm -rf report/runs report/kept .cache/reference
