// Command resources has three resources, counts the drops of one of them, and
// checks the one that it imports.
package main

import (
	"fmt"

	"example.com/interop/resources/resources/wit/export/resources/exports"
	"example.com/interop/resources/resources/wit/resources/imports"
)

type x struct{ a int32 }

func (x *x) GetA() int32 { return x.a }

func (x *x) SetA(a int32) { x.a = a }

type z struct {
	a     int32
	owner *program
}

func (z *z) GetA() int32 { return z.a }

// Close counts that the z was dropped.
func (z *z) Close() error {
	z.owner.dropped++
	return nil
}

type kebabCase struct{ a uint32 }

func (k *kebabCase) GetA() uint32 { return k.a }

type program struct{ dropped uint32 }

func (*program) NewX(a int32) exports.X { return &x{a} }

func (*program) XAdd(v exports.X, a int32) exports.X { return &x{v.GetA() + a} }

func (p *program) NewZ(a int32) exports.Z { return &z{a, p} }

func (p *program) ZNumDropped() uint32 { return p.dropped }

func (p *program) Add(a, b exports.Z) exports.Z { return &z{a.GetA() + b.GetA(), p} }

func (*program) Consume(exports.X) {}

func (*program) NewKebabCase(a uint32) exports.KebabCase { return &kebabCase{a} }

func (*program) KebabCaseTakeOwned(k exports.KebabCase) uint32 { return k.GetA() }

func (*program) TestImports() error {
	y := imports.NewY(10)
	if got := y.GetA(); got != 10 {
		return fmt.Errorf("a new y of 10 has %d", got)
	}
	y.SetA(20)
	if got := y.GetA(); got != 20 {
		return fmt.Errorf("a y that was set to 20 has %d", got)
	}
	sum := imports.YAdd(y, 20)
	defer sum.Close()
	if got := sum.GetA(); got != 40 {
		return fmt.Errorf("20 and 20 make %d", got)
	}
	return several()
}

// several keeps two of them apart.
func several() error {
	first, second := imports.NewY(1), imports.NewY(2)
	defer first.Close()
	defer second.Close()
	first.SetA(-3)
	if a, b := first.GetA(), second.GetA(); a != -3 || b != 2 {
		return fmt.Errorf("two have %d and %d instead of -3 and 2", a, b)
	}
	return nil
}

func init() { exports.Export(&program{}) }

func main() {}
