package main

import (
	"context"

	"example.com/test/wit/export/test/types/v0.2/troubles"
	"tenon.dev/go/wit"
)

// troublesImpl implements test:types/troubles@0.2.1.
type troublesImpl struct{}

var _ troubles.Troubles = troublesImpl{}

func init() {
	troubles.Export(troublesImpl{})
}

func (troublesImpl) One(e *wit.ErrorContext) *wit.ErrorContext {
	panic("not implemented: test:types/troubles@0.2.1#one")
}

func (troublesImpl) Many(l []troubles.Trouble, o wit.Option[*wit.ErrorContext]) []*wit.ErrorContext {
	panic("not implemented: test:types/troubles@0.2.1#many")
}

func (troublesImpl) Fails() (uint32, error) {
	panic("not implemented: test:types/troubles@0.2.1#fails")
}

func (troublesImpl) Later(ctx context.Context, e *wit.ErrorContext) (string, error) {
	panic("not implemented: test:types/troubles@0.2.1#later")
}

func (troublesImpl) Flow(s *wit.StreamReader[*wit.ErrorContext]) *wit.Future[struct{}] {
	panic("not implemented: test:types/troubles@0.2.1#flow")
}
