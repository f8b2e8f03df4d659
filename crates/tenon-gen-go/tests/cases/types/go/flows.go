package main

import (
	"context"

	"example.com/test/wit/export/test/types/v0.2/flows"
	"tenon.dev/go/wit"
)

// flowsImpl implements test:types/flows@0.2.1.
type flowsImpl struct{}

var _ flows.Flows = flowsImpl{}

func init() {
	flows.Export(flowsImpl{})
}

func (flowsImpl) Bytes(s *wit.ByteReader) *wit.ByteReader {
	panic("not implemented: test:types/flows@0.2.1#bytes")
}

func (flowsImpl) Units(s *wit.StreamReader[struct{}], f *wit.Future[struct{}]) (*wit.StreamReader[struct{}], *wit.Future[struct{}]) {
	panic("not implemented: test:types/flows@0.2.1#units")
}

func (flowsImpl) Texts(s *wit.StreamReader[string]) *wit.Future[string] {
	panic("not implemented: test:types/flows@0.2.1#texts")
}

func (flowsImpl) Results(f *wit.Future[string]) *wit.Future[struct{}] {
	panic("not implemented: test:types/flows@0.2.1#results")
}

func (flowsImpl) Nested(s *wit.StreamReader[*wit.StreamReader[uint32]]) *wit.Future[*wit.Future[*wit.StreamReader[flows.Item]]] {
	panic("not implemented: test:types/flows@0.2.1#nested")
}

func (flowsImpl) Spilled(ctx context.Context, b flows.Item, a, c wit.Tuple4[string, string, string, string]) (uint8, error) {
	panic("not implemented: test:types/flows@0.2.1#spilled")
}

func (flowsImpl) Held(ctx context.Context, h flows.Holder, b flows.Item, l []flows.Item) (flows.Holder, error) {
	panic("not implemented: test:types/flows@0.2.1#held")
}

// itemImpl implements a Item of test:types/flows@0.2.1.
type itemImpl struct{}

var _ flows.Item = (*itemImpl)(nil)

func (*itemImpl) Read(ctx context.Context, n uint32) ([]byte, error) {
	panic("not implemented: test:types/flows@0.2.1#[method]item.read")
}
