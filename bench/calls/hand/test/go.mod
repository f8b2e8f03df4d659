module example.com/bench/calls/hand/test

go 1.24
