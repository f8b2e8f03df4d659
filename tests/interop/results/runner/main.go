// Command runner checks that failures arrive as Go errors of the right types,
// in the middle of successes.
package main

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"example.com/interop/results/runner/wit/export/runner"
	"example.com/interop/results/runner/wit/test/results/test"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	check("string-error", test.StringError, func(err error) bool {
		var text *wit.Error[string]
		return errors.As(err, &text) && utf8.ValidString(text.Value)
	})
	check("enum-error", test.EnumError, func(err error) bool {
		var e test.E
		return errors.As(err, &e) && e <= test.EC
	})
	check("record-error", test.RecordError, func(err error) bool {
		var e test.E2
		return errors.As(err, &e)
	})
	check("variant-error", test.VariantError, func(err error) bool {
		var e test.E3
		if !errors.As(err, &e) {
			return false
		}
		switch e := e.(type) {
		case test.E3E1:
			return e.Value <= test.EC
		case test.E3E2:
			return true
		default:
			return false
		}
	})
	check("empty-error", test.EmptyError, func(error) bool { return true })
	check("double-error", test.DoubleError, func(err error) bool {
		var text *wit.Error[string]
		return errors.As(err, &text) && utf8.ValidString(text.Value)
	})
}

// check calls a function with several numbers. Whatever it makes of one, it
// makes of it again; its failures are of its type; and it has some of either.
func check[A uint32 | float32, T comparable](what string, call func(A) (T, error), expected func(error) bool) {
	var failures, successes int
	for a := A(0); a < 10; a++ {
		value, err := call(a)
		again, errAgain := call(a)
		if fmt.Sprint(err) != fmt.Sprint(errAgain) || value != again {
			panic(fmt.Sprintf("%s(%v): %v, %v and then %v, %v", what, a, value, err, again, errAgain))
		}
		if err == nil {
			successes++
			continue
		}
		failures++
		var none T
		if !expected(err) || value != none {
			panic(fmt.Sprintf("%s(%v): %v, %T: %v", what, a, value, err, err))
		}
	}
	if failures == 0 || successes == 0 {
		panic(fmt.Sprintf("%s has failed %d times and succeeded %d times", what, failures, successes))
	}
}

func init() { runner.Export(program{}) }

func main() {}
