module example.com/bench/calls/hand/runner

go 1.24
