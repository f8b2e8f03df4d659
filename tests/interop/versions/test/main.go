// Command test exports two versions of one interface.
package main

import (
	v01 "example.com/interop/versions/test/wit/export/test/dep/v0.1/test"
	v02 "example.com/interop/versions/test/wit/export/test/dep/v0.2/test"
)

type older struct{}

func (older) X() float32 { return 1 }

func (older) Y(a float32) float32 { return 1 + a }

type newer struct{}

func (newer) X() float32 { return 2 }

func (newer) Z(a, b float32) float32 { return 2 + a + b }

func init() {
	v01.Export(older{})
	v02.Export(newer{})
}

func main() {}
