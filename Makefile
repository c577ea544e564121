# The one door: everything that people and machines do with this project. `make help` lists it.
.PHONY: help demo build test check bench fuzz vm-test format clean ready jailer home
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# What the goals of this run need on the machine: all of it is looked for at once, before anything else.
NEEDS := build $(if $(filter demo test bench fuzz,$(MAKECMDGOALS)),run) $(filter test check bench,$(MAKECMDGOALS)) \
	$(if $(filter format,$(MAKECMDGOALS)),check) $(if $(filter vm-test,$(MAKECMDGOALS)),run vm)

help:
	@echo "make demo    install what is missing, build, render the storefront's page"
	@echo "make build   build everything into build/reedact; bin/reedact there runs from any directory"
	@echo "make test    Java and C unit tests, jail tests, end-to-end tests"
	@echo "make check   formats, lints, static analysis, architecture rules, the ten longest methods and functions"
	@echo "make bench   measure beside the bare interpreters and other tools; JSON in build/bench"
	@echo "make fuzz    fuzz what reads templates, each target for FUZZ_SECONDS (60)"
	@echo "make vm-test jail tests in an emulated machine with cgroup v2 and Debian's kernel; takes minutes"
	@echo "make format  format Java and C"
	@echo "make clean   remove what was built"

demo: build
	@examples/storefront/demo.sh

build: home
	@tools/mvn package -pl cli -am -Dmaven.test.skip=true
	@echo "built build/reedact/bin/reedact"

test: home
	@$(MAKE) -s -C jailer test
	@tools/test

check: home
	@$(MAKE) -s -C jailer check sanitize
	@tools/mvn package -Pcheck -DskipTests -Dassemble.skip=true
	@tools/longest
	@echo "checked: formats, sizes, static analysis, architecture, C under sanitizers"

bench: build
	@verification/bench/run

fuzz: home
	@verification/fuzz/run
vm-test: home
	@tools/mvn process-test-classes -pl verification/jail -am
	@verification/vm/run

format: ready
	@tools/mvn spotless:apply -Pcheck
	@clang-format -i jailer/src/*.[ch] jailer/test/*.[ch]

clean:
	@rm -rf build target core/target cli/target verification/*/target

# What the Java build takes in: the native program, and the runtimes and policies with their index.
home: jailer
	@tools/stage

jailer: ready
	@$(MAKE) -s -C jailer all

ready:
	@tools/set-up $(NEEDS)
