// Command test joins lists that come inside options, variants and results.
package main

import (
	"strings"

	"example.com/interop/list-in-variant/test/wit/export/test/list-in-variant/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) ListInOption(data wit.Option[[]string]) string {
	if list, ok := data.Get(); ok {
		return join(list)
	}
	return "none"
}

func (toTest) ListInVariant(data totest.PayloadOrEmpty) string {
	switch data := data.(type) {
	case totest.PayloadOrEmptyWithData:
		return join(data.Value)
	default:
		return "empty"
	}
}

func (toTest) ListInResult(data wit.Result[[]string, string]) string {
	list, problem, ok := data.Get()
	if !ok {
		return "err:" + problem
	}
	return join(list)
}

func (toTest) ListInOptionWithReturn(data wit.Option[[]string]) totest.Summary {
	list, ok := data.Get()
	if !ok {
		return totest.Summary{Label: "none"}
	}
	return totest.Summary{Count: uint32(len(list)), Label: join(list)}
}

func (toTest) TopLevelList(items []string) string { return join(items) }

func join(list []string) string { return strings.Join(list, ",") }

func init() { totest.Export(toTest{}) }

func main() {}
