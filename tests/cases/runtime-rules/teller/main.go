// Command teller answers the keeper.
package main

import (
	"context"
	"strings"
	"time"

	"example.com/teller/wit/export/rules/test/teller"
)

func main() {}

func init() { teller.Export(program{}) }

type program struct{}

func (program) Tell(_ context.Context, n uint32) (string, error) {
	time.Sleep(5 * time.Millisecond)
	return strings.Repeat("told ", int(n)), nil
}

func (program) Know(_ context.Context, n uint32) (string, error) {
	return strings.Repeat("known ", int(n)), nil
}
