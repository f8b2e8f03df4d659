package main

import (
	"context"
	"fmt"

	"example.com/interop/simple-yield/runner/wit/a/b/i"
	"example.com/interop/simple-yield/runner/wit/export/runner"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

// Run yields before, while and after f is under way, which must end in spite of
// it.
func (program) Run(ctx context.Context) error {
	wit.Yield()
	done := make(chan error, 1)
	go func() { done <- i.F(ctx) }()
	for range 3 {
		wit.Yield()
	}
	if err := <-done; err != nil {
		panic(fmt.Sprintf("f: %v", err))
	}
	wit.Yield()
	return nil
}
