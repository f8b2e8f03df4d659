// Command test hands out strings that it has: its own memory does not move.
package main

import (
	"strings"

	"example.com/bench/memory/test/wit/export/bench/memory/source"
)

type service struct{}

var text = strings.Repeat("0123456789abcde\n", 64<<10)

func (service) Text(size uint32) string { return text[:size] }

func init() { source.Export(service{}) }

func main() {}
