package main

import (
	"context"

	"example.com/test/wit/export/go/test/testmain"
)

// mainImpl implements go:test/main.
type mainImpl struct{}

var _ testmain.Main = mainImpl{}

func init() {
	testmain.Export(mainImpl{})
}

func (mainImpl) Run(ctx context.Context, p0, t, c string) error {
	panic("not implemented: go:test/main#run")
}
