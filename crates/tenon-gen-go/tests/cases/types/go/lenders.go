package main

import (
	"context"

	"example.com/test/wit/export/test/types/v0.2/lenders"
	"example.com/test/wit/test/types/v0.2/things"
	"tenon.dev/go/wit"
)

// lendersImpl implements test:types/lenders@0.2.1.
type lendersImpl struct{}

var _ lenders.Lenders = lendersImpl{}

func init() {
	lenders.Export(lendersImpl{})
}

func (lendersImpl) Now(t *things.Thing, l []*things.Thing, mine *things.Thing) *things.Thing {
	panic("not implemented: test:types/lenders@0.2.1#now")
}

func (lendersImpl) Later(ctx context.Context, t *things.Thing, o wit.Option[*things.Thing], mine *things.Thing) (*things.Thing, bool, error) {
	panic("not implemented: test:types/lenders@0.2.1#later")
}

func (lendersImpl) Spilled(ctx context.Context, l []*things.Thing, t wit.Tuple8[string, string, string, string, string, string, string, string]) error {
	panic("not implemented: test:types/lenders@0.2.1#spilled")
}
