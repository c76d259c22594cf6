# Each line calls a script that needs only bash and sets up what is missing first.
.PHONY: build demo test bench lint tidy fuzz adversary coverage package
build: ; @bash scripts/build release parcours parcours-practice
demo:  ; @bash scripts/demo
test:  ; @bash scripts/test
bench: ; @bash scripts/bench
lint:  ; @bash scripts/lint
tidy:  ; @bash scripts/lint --tidy
fuzz:  ; @bash scripts/fuzz
adversary: ; @bash scripts/adversary
coverage: ; @bash scripts/coverage
package: ; @bash scripts/package
