package main

import (
	"example.com/test/wit/export/sides/y"
)

// yImpl implements y.
type yImpl struct{}

var _ y.Y = yImpl{}

func init() {
	y.Export(yImpl{})
}

func (yImpl) F(n y.Name, s y.Set) y.Name {
	panic("not implemented: y#f")
}
