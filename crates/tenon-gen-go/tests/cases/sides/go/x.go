package main

import (
	"example.com/test/wit/export/sides/x"
)

// xImpl implements x.
type xImpl struct{}

var _ x.X = xImpl{}

func init() {
	x.Export(xImpl{})
}

func (xImpl) G(n x.Name, s x.Set) x.Name {
	panic("not implemented: x#g")
}
