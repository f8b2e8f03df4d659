# Two doors. Each brings what this machine lacks into folders of the project; everything else is cargo.
.PHONY: demo test

# Builds the command line and a Go HTTP service with it, serves that, and calls it.
demo:
	@cargo xtask demo

# Runs all checks and tests.
test:
	@cargo xtask test
