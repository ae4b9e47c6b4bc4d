# Short names for what ./run does; ./run help tells more.
.PHONY: run setup test test-all check messages

run:
	./run
setup:
	./run setup
test:
	./run test
test-all:
	./run test --all
check:
	./run check
messages:
	./run messages
