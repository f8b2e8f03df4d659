// Command test takes, makes and returns texts and lists inside other types.
package main

import (
	"slices"

	"example.com/interop/flavorful/test/wit/export/test/flavorful/totest"
	"tenon.dev/go/wit"
)

type toTest struct{ failed bool }

func (*toTest) FListInRecord1(totest.ListInRecord1) {}

func (*toTest) FListInRecord2() totest.ListInRecord2 {
	return totest.ListInRecord2{A: "list_in_record2"}
}

func (*toTest) FListInRecord3(a totest.ListInRecord3) totest.ListInRecord3 { return a }

func (*toTest) FListInRecord4(a totest.ListInAlias) totest.ListInAlias { return a }

func (*toTest) FListInVariant1(totest.ListInVariant1V1, totest.ListInVariant1V2) {}

func (*toTest) FListInVariant2() (string, bool) { return "list_in_variant2", true }

func (*toTest) FListInVariant3(a totest.ListInVariant3) (string, bool) { return a.Get() }

// ErrnoResult fails the first time.
func (t *toTest) ErrnoResult() error {
	if t.failed {
		return nil
	}
	t.failed = true
	return totest.MyErrnoB
}

func (*toTest) ListTypedefs(a totest.ListTypedef, c totest.ListTypedef3) (totest.ListTypedef2, totest.ListTypedef3) {
	return []byte(a), c
}

func (*toTest) ListOfVariants(a []bool, b []wit.Result[struct{}, struct{}], c []totest.MyErrno) ([]bool, []wit.Result[struct{}, struct{}], []totest.MyErrno) {
	return slices.Clone(a), slices.Clone(b), slices.Clone(c)
}

func init() { totest.Export(&toTest{}) }

func main() {}
