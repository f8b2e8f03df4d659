module example.com/ticker

go 1.24

require (
	example.com/quotes v1.2.0
	example.com/retry v1.0.0
	tenon.dev/go v0.1.0
)

replace (
	example.com/quotes => ./quotes
	example.com/retry => ./retry
	tenon.dev/go => ../../go
)
