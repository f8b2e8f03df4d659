package main

import (
	"example.com/test/wit/export/go/test/x"
	tests "example.com/test/wit/go/test/s"
)

// xImpl implements go:test/x.
type xImpl struct{}

var _ x.X = xImpl{}

func init() {
	x.Export(xImpl{})
}

func (xImpl) Far(p tests.Point) x.Shade {
	panic("not implemented: go:test/x#far")
}

// stockImpl implements a Stock of go:test/x.
type stockImpl struct{}

var _ x.Stock = (*stockImpl)(nil)

func (*stockImpl) Where() tests.Point {
	panic("not implemented: go:test/x#[method]stock.where")
}
