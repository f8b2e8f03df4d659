// Command runner passes and receives texts and lists inside other types.
package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"example.com/interop/flavorful/runner/wit/export/runner"
	"example.com/interop/flavorful/runner/wit/test/flavorful/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	for _, text := range []string{"list_in_record1", "", "\u00fc\U0001F680", strings.Repeat("x", 100_000)} {
		records(text)
		variants(text)
		bytes, texts := totest.ListTypedefs(text, []string{text, "", "more"})
		texts = append(texts, string(bytes[:0]))
		check("list-typedefs", texts...)
	}
	check("f-list-in-record2", totest.FListInRecord2().A)
	if text, ok := totest.FListInVariant2(); ok {
		check("f-list-in-variant2", text)
	}
	errnos()
	lists()
}

func records(text string) {
	totest.FListInRecord1(totest.ListInRecord1{A: text})
	check("f-list-in-record3", totest.FListInRecord3(totest.ListInRecord3{A: text}).A)
	check("f-list-in-record4", totest.FListInRecord4(totest.ListInAlias{A: text}).A)
}

func variants(text string) {
	totest.FListInVariant1(wit.None[string](), wit.Ok[struct{}, string](struct{}{}))
	totest.FListInVariant1(wit.Some(text), wit.Err[struct{}](text))
	for _, option := range []totest.ListInVariant3{wit.None[string](), wit.Some(text)} {
		if text, ok := totest.FListInVariant3(option); ok {
			check("f-list-in-variant3", text)
		}
	}
}

// errnos takes successes and failures alike, but no other errors.
func errnos() {
	for range 3 {
		err := totest.ErrnoResult()
		var errno totest.MyErrno
		if err != nil && (!errors.As(err, &errno) || errno > totest.MyErrnoB) {
			panic(fmt.Sprintf("errno-result: %v", err))
		}
	}
}

func lists() {
	type result = wit.Result[struct{}, struct{}]
	yes, no := wit.Ok[struct{}, struct{}](struct{}{}), wit.Err[struct{}](struct{}{})
	for n := range 3 {
		_, _, errnos := totest.ListOfVariants(
			[]bool{true, false}[:n],
			[]result{yes, no}[:n],
			[]totest.MyErrno{totest.MyErrnoSuccess, totest.MyErrnoA}[:n])
		for _, errno := range errnos {
			if errno > totest.MyErrnoB {
				panic(fmt.Sprintf("list-of-variants: %v is no my-errno", errno))
			}
		}
	}
}

// check reads all of the texts.
func check(what string, texts ...string) {
	for _, text := range texts {
		if !utf8.ValidString(text) {
			panic(fmt.Sprintf("%s: %.40q is no text", what, text))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
