package main

import (
	"context"

	"example.com/test/wit/export/test/types/v0.2/all"
	"tenon.dev/go/wit"
)

// allImpl implements test:types/all@0.2.1.
type allImpl struct{}

var _ all.All = allImpl{}

func init() {
	all.Export(allImpl{})
}

func (allImpl) Primitives(a bool, b uint8, c uint16, d uint32, e uint64, f int8, g int16, h int32, i int64, j float32, k float64, l rune, m string) float32 {
	panic("not implemented: test:types/all@0.2.1#primitives")
}

func (allImpl) Records(p all.Point, m all.Mixed, n all.Nested) all.Nested {
	panic("not implemented: test:types/all@0.2.1#records")
}

func (allImpl) Numbers(n all.Number, o wit.Option[all.Number], r wit.Result[all.Number, all.Number]) all.Number {
	panic("not implemented: test:types/all@0.2.1#numbers")
}

func (allImpl) Joins(r wit.Result[string, float32], s wit.Result[float64, uint32], t wit.Result[bool, uint8]) (wit.Result[bool, float32], error) {
	panic("not implemented: test:types/all@0.2.1#joins")
}

func (allImpl) Small(c all.Color, b all.Bits, p all.Pair) all.Bits {
	panic("not implemented: test:types/all@0.2.1#small")
}

func (allImpl) Bigs(b all.Big) (uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8, uint8) {
	panic("not implemented: test:types/all@0.2.1#bigs")
}

func (allImpl) Long(b []all.Tuple17) (uint8, bool) {
	panic("not implemented: test:types/all@0.2.1#long")
}

func (allImpl) Maps(m map[bool]string, n map[rune]uint8) map[string]all.Point {
	panic("not implemented: test:types/all@0.2.1#maps")
}

func (allImpl) Arrays(a [4]uint8, b [2]string) [2][2]uint16 {
	panic("not implemented: test:types/all@0.2.1#arrays")
}

func (allImpl) Lists(a []bool, b []rune, c []all.Color, d []all.Point, e []wit.Option[uint8]) []wit.Result[string, all.Color] {
	panic("not implemented: test:types/all@0.2.1#lists")
}

func (allImpl) Many(a, b, c, d, e, f, g, h, i string) (string, uint32) {
	panic("not implemented: test:types/all@0.2.1#many")
}

func (allImpl) Nothing() {
	panic("not implemented: test:types/all@0.2.1#nothing")
}

func (allImpl) UnitResult() error {
	panic("not implemented: test:types/all@0.2.1#unit-result")
}

func (allImpl) TextResult() (string, error) {
	panic("not implemented: test:types/all@0.2.1#text-result")
}

func (allImpl) OptionResult() (uint8, string, bool, error) {
	panic("not implemented: test:types/all@0.2.1#option-result")
}

func (allImpl) OptionOption() (wit.Option[uint8], bool) {
	panic("not implemented: test:types/all@0.2.1#option-option")
}

func (allImpl) TupleOne(t wit.Tuple1[uint8]) string {
	panic("not implemented: test:types/all@0.2.1#tuple-one")
}

func (allImpl) APlain(ctx context.Context, p all.Point) (all.Point, error) {
	panic("not implemented: test:types/all@0.2.1#a-plain")
}

func (allImpl) AOption(ctx context.Context) (uint32, bool, error) {
	panic("not implemented: test:types/all@0.2.1#a-option")
}

func (allImpl) ATuple(ctx context.Context, a, b, c string) (uint32, string, error) {
	panic("not implemented: test:types/all@0.2.1#a-tuple")
}

func (allImpl) AFails(ctx context.Context, n all.Number) ([]string, error) {
	panic("not implemented: test:types/all@0.2.1#a-fails")
}

func (allImpl) AWide(ctx context.Context, n all.Nested) (all.Nested, error) {
	panic("not implemented: test:types/all@0.2.1#a-wide")
}
