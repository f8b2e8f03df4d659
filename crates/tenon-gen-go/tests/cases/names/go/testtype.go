package main

import (
	"context"

	"example.com/test/wit/export/go/test/testtype"
)

// typeImpl implements go:test/type.
type typeImpl struct{}

var _ testtype.Type = typeImpl{}

func init() {
	testtype.Export(typeImpl{})
}

func (typeImpl) NewFoo(foo uint32) testtype.Foo {
	panic("not implemented: go:test/type#[constructor]foo")
}

func (typeImpl) FooNew() testtype.Foo {
	panic("not implemented: go:test/type#[static]foo.new")
}

func (typeImpl) MakeFoo() testtype.Foo {
	panic("not implemented: go:test/type#make-foo")
}

func (typeImpl) NewFooFunc(ctx, err string) (uint32, error) {
	panic("not implemented: go:test/type#new-foo")
}

func (typeImpl) FooNewFunc(ctx context.Context, ctx2, err string, unsafe2 uint32) (string, error) {
	panic("not implemented: go:test/type#foo-new")
}

func (typeImpl) Func(fn, uint32Value uint32, length []byte, p0, e string, ok bool) (uint32, bool) {
	panic("not implemented: go:test/type#func")
}

// fooImpl implements a Foo of go:test/type.
type fooImpl struct{}

var _ testtype.Foo = (*fooImpl)(nil)

func (*fooImpl) CloseMethod() {
	panic("not implemented: go:test/type#[method]foo.close")
}

func (*fooImpl) String(f, c, ret, v string) string {
	panic("not implemented: go:test/type#[method]foo.string")
}

func (*fooImpl) LiftString(abi2, wit2 string, importValue uint8) []string {
	panic("not implemented: go:test/type#[method]foo.lift-string")
}
