// Command runner passes lists of strings inside options, variants and results.
package main

import (
	"fmt"
	"strconv"

	"example.com/interop/list-in-variant/runner/wit/export/runner"
	"example.com/interop/list-in-variant/runner/wit/test/list-in-variant/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	steady("list-in-option of none", func() string { return totest.ListInOption(wit.None[[]string]()) })
	steady("list-in-variant of empty", func() string { return totest.ListInVariant(totest.PayloadOrEmptyEmpty{}) })
	for _, problem := range []string{"", "oh no", "gr\u00fc\u00dfe \U0001F680"} {
		steady("list-in-result of an error", func() string {
			return totest.ListInResult(wit.Err[[]string, string](problem))
		})
	}
	if got := totest.ListInOptionWithReturn(wit.None[[]string]()); got.Count != 0 {
		panic(fmt.Sprintf("no list counts %d", got.Count))
	}
	for _, list := range lists() {
		lists := fmt.Sprintf(" of %d", len(list))
		steady("list-in-option"+lists, func() string { return totest.ListInOption(wit.Some(list)) })
		steady("list-in-variant"+lists, func() string {
			return totest.ListInVariant(totest.PayloadOrEmptyWithData{Value: list})
		})
		steady("list-in-result"+lists, func() string { return totest.ListInResult(wit.Ok[[]string, string](list)) })
		steady("top-level-list"+lists, func() string { return totest.TopLevelList(list) })
		summary := totest.ListInOptionWithReturn(wit.Some(list))
		if int(summary.Count) != len(list) {
			panic(fmt.Sprintf("a list of %d counts %d", len(list), summary.Count))
		}
	}
}

// steady fails if a call, made twice, has two answers: what it is given is gone
// or changed when the call is over.
func steady(what string, call func() string) {
	first, second := call(), call()
	if first != second {
		panic(fmt.Sprintf("%s: %q and then %q", what, first, second))
	}
}

func lists() [][]string {
	long := make([]string, 1000)
	for i := range long {
		long[i] = strconv.Itoa(i)
	}
	return [][]string{
		{},
		{""},
		{"hello", "world"},
		{"foo", "bar", "baz"},
		{"\u00fc", "", "\u4f60\u597d", "\U0001F680"},
		long,
	}
}

func init() { runner.Export(program{}) }

func main() {}
