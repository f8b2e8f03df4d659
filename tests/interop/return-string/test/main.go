package main

import (
	"context"

	"example.com/interop/return-string/test/wit/export/my/test/i"
)

func main() {}

func init() { i.Export(program{}) }

// program implements my:test/i.
type program struct{}

func (program) ReturnString(context.Context) (string, error) { return "hello", nil }
