# Go and make are all that run, test, build, bench, defects, fuzz and lint need. interop, ssh-reality, the oracles and
# transports judge against programs of others and install Debian's packages for it, as root. test-browser, bench-browser
# and screenshot take Debian's chromium, and test-browser npm. .ci/run does everything.

GO ?= go
BENCH_COUNT ?= 1
# A count, about 10 s each: with a duration, go test now and then fails at its end with "context deadline exceeded".
FUZZ_TIME ?= 30000x
# Orders in which the specs run; ten take some minutes on two cores.
SEEDS ?= 1 2 3 4 5 6 7 8 9 10
INTEROP_OUT ?= ncspec-report-netconfd

# Of the same age as the Go that go.mod names: an older one cannot read its export data.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: run test test-browser build dist bench bench-browser screenshot fuzz defects defects-full seeds interop ssh-reality soak oracle tls-oracle transports lint clean

run: ## judge the embedded reference server, report in ncspec-report/
	$(GO) run . run

test:
	$(GO) test -timeout 25m ./...

test-browser: ## the HTML report in Chromium, with axe-core looking for what keeps readers out
	npm ci --prefix reports/html/testdata/axe --ignore-scripts --no-audit --no-fund --silent
	$(GO) test -tags browser -count 1 -timeout 15m ./reports/html

build:
	$(GO) build -o bin/ncspec .

PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)
dist: ## static binaries for all platforms, in dist/
	@for platform in $(PLATFORMS); do \
	  os=$${platform%/*}; arch=$${platform#*/}; name=dist/ncspec-$$os-$$arch; \
	  [ $$os != windows ] || name=$$name.exe; \
	  echo "building $$name"; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath \
	    -ldflags "-s -w -X github.com/ncspec/ncspec/suites/cli.commit=$(COMMIT)" -o $$name . || exit 1; \
	done

bench: ## BENCH_COUNT=6 for benchstat
	$(GO) test -run '^$$' -bench . -benchmem -count $(BENCH_COUNT) ./...

bench-browser: ## how long the HTML report of 1,000 specs takes to write, and to show
	$(GO) test -tags browser -run '^$$' -bench . -benchmem -count $(BENCH_COUNT) ./reports/html

screenshot: ## the picture of a report in README
	$(GO) test -tags browser -count 1 -run '^TestPicture$$' ./reports/html -args -picture $(CURDIR)/reports/screenshot.png

fuzz: ## each fuzz target of the parsers for FUZZ_TIME
	@found=; \
	for package in ./harness/wire ./harness/netconf; do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    found=yes; \
	    echo "fuzzing $$target of $$package, $(FUZZ_TIME)"; \
	    $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ_TIME) $$package || exit 1; \
	  done; \
	done; \
	[ -n "$$found" ] || { echo "no fuzz target found" >&2; exit 1; }

defects: ## show that each check can fail: requirement × defect, caught by which spec
	$(GO) build -o bin/ncspec-defects ./suites/defects
	bin/ncspec-defects

defects-full: ## each defect × all specs: show that a defect breaks nothing that it does not say it breaks; half an hour
	$(GO) build -o bin/ncspec-defects ./suites/defects
	bin/ncspec-defects -full

seeds: ## judge each conformant profile of the reference server in random order, SEEDS="1 2" for two of them
	$(GO) build -o bin/ncspec-seeds ./suites/seeds
	bin/ncspec-seeds -seeds "$(SEEDS)"

SOAK_TIMES ?= 200
soak: build ## kill runs at random moments, recover, and find the reference server and netconfd as they were
	$(GO) build -o bin/ncspec-soak ./suites/soak
	bin/ncspec-soak -times $(SOAK_TIMES)
	.ci/interop with sh -c 'exec bin/ncspec-soak -times $(SOAK_TIMES) -target "ssh://$$USER@127.0.0.1:$$PORT" -identity "$$KEY"'

interop: build ## judge Debian's netconfd, hold the result against suites/known/netconfd.yaml
	.ci/interop with sh -c 'exec bin/ncspec run "$$TARGET" --safety disruptive --strict \
	  --waivers suites/known/netconfd.yaml --out $(INTEROP_OUT)'

ssh-reality: build ## reach netconfd by jump hosts, certificates, agents, old algorithms, and with what can be wrong with them
	.ci/interop with .ci/ssh-reality bin/ncspec

oracle: build ## let Debian's ncclient drive the reference server
	.ci/oracle bin/ncspec

tls-oracle: build ## let OpenSSL's s_client and socat be peers of our TLS
	.ci/tls-oracle bin/ncspec

transports: build ## judge the reference server by TLS, call home, Unix socket and command, and netconfd by its subsystem
	.ci/transports bin/ncspec

lint:
	@unformatted=$$(gofmt -l .); [ -z "$$unformatted" ] || { echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; }
	$(GO) vet -tags browser ./...
	$(GO) run $(STATICCHECK) -tags browser ./...

clean:
	rm -rf bin dist ncspec-report $(INTEROP_OUT)
