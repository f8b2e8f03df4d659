// Command runner makes, uses, gives away, lends and drops resources, and
// counts the drops.
package main

import (
	"fmt"
	"math"

	"example.com/interop/resources/runner/wit/export/runner"
	"example.com/interop/resources/runner/wit/runner/exports"
)

type program struct{}

func (program) Run() {
	if err := exports.TestImports(); err != nil {
		panic(fmt.Sprintf("test-imports: %v", err))
	}
	for range 20 {
		xs()
		zs()
		kebabs()
	}
}

func xs() {
	for _, a := range []int32{0, 5, -1, math.MaxInt32, math.MinInt32} {
		x := exports.NewX(a)
		same("a new x", x.GetA(), a)
		x.SetA(10)
		same("an x that was set", x.GetA(), 10)
		sum := exports.XAdd(x, 5)
		gone("add", func() { x.GetA() })
		same("the sum", sum.GetA(), 15)
		exports.Consume(sum)
		gone("consume", func() { sum.GetA() })
	}
}

func zs() {
	before := exports.ZNumDropped()
	one, two := exports.NewZ(10), exports.NewZ(20)
	sum := exports.Add(one, two)
	same("the sum of two that were lent", sum.GetA(), 30)
	double := exports.Add(one, one)
	same("the sum of one that was lent twice", double.GetA(), 20)
	same("one that was lent", one.GetA(), 10)
	same("drops before there are any", exports.ZNumDropped(), before)
	for i, z := range []*exports.Z{one, two, sum, double} {
		// The second time, nothing is left to drop.
		for range 2 {
			if err := z.Close(); err != nil {
				panic(fmt.Sprintf("closing z %d: %v", i, err))
			}
			same("drops", exports.ZNumDropped(), before+uint32(i)+1)
		}
	}
}

func kebabs() {
	kebab := exports.NewKebabCase(110)
	same("a new kebab-case", kebab.GetA(), 110)
	same("take-owned", exports.KebabCaseTakeOwned(kebab), 110)
	gone("take-owned", func() { kebab.GetA() })
}

func same[T comparable](what string, got, want T) {
	if got != want {
		panic(fmt.Sprintf("%s: %v, not %v", what, got, want))
	}
}

// gone fails if something that was given away can still be used.
func gone(to string, use func()) {
	defer func() {
		if recover() == nil {
			panic("what was given to " + to + " is still here")
		}
	}()
	use()
}

func init() { runner.Export(program{}) }

func main() {}
