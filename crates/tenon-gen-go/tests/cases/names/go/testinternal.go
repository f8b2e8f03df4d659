package main

import (
	"example.com/test/wit/export/go/test/testinternal"
)

// internalImpl implements go:test/internal.
type internalImpl struct{}

var _ testinternal.Internal = internalImpl{}

func init() {
	testinternal.Export(internalImpl{})
}

func (internalImpl) F() {
	panic("not implemented: go:test/internal#f")
}
