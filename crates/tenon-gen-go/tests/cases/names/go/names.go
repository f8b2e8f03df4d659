package main

import (
	"example.com/test/wit/export/names"
)

// namesImpl implements go:test/names.
type namesImpl struct{}

var _ names.Names = namesImpl{}

func init() {
	names.Export(namesImpl{})
}

func (namesImpl) FuncName(implementation, registeredValue string) string {
	panic("not implemented: func-name")
}
