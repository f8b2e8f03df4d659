package main

import (
	"example.com/interop/incomplete-writes/leaf/wit/export/my/test/leafinterface"
)

func main() {}

func init() { leafinterface.Export(program{}) }

// program implements my:test/leaf-interface.
type program struct{}

func (program) NewLeafThing(s string) leafinterface.LeafThing { return thing(s) }

// A thing is a LeafThing.
type thing string

func (t thing) Get() string { return string(t) }
