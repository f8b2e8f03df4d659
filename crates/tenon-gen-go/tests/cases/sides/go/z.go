package main

import (
	"example.com/test/wit/export/sides/z"
)

// zImpl implements z.
type zImpl struct{}

var _ z.Z = zImpl{}

func init() {
	z.Export(zImpl{})
}

func (zImpl) H(n z.Name) {
	panic("not implemented: z#h")
}
