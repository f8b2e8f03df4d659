// Command leaf fails in every way that its functions can, for small numbers.
package main

import (
	"errors"

	"example.com/interop/results/leaf/wit/export/test/results/test"
	"tenon.dev/go/wit"
)

type theTest struct{}

func (theTest) StringError(a float32) (float32, error) {
	if a == 0 {
		return 0, errors.New("zero")
	}
	return a, nil
}

func (theTest) EnumError(a float32) (float32, error) {
	if a == 0 {
		return 0, test.EA
	}
	return a, nil
}

func (theTest) RecordError(a float32) (float32, error) {
	switch a {
	case 0:
		return 0, test.E2{Line: 420}
	case 1:
		return 0, test.E2{Line: 77, Column: 2}
	}
	return a, nil
}

func (theTest) VariantError(a float32) (float32, error) {
	switch a {
	case 0:
		return 0, test.E3E2{Value: test.E2{Line: 420}}
	case 1:
		return 0, test.E3E1{Value: test.EB}
	case 2:
		return 0, test.E3E1{Value: test.EC}
	}
	return a, nil
}

func (theTest) EmptyError(a uint32) (uint32, error) {
	switch a {
	case 0:
		return 0, errors.New("zero")
	case 1:
		return 42, nil
	}
	return a, nil
}

func (theTest) DoubleError(a uint32) (wit.Result[struct{}, string], error) {
	switch a {
	case 0:
		return wit.Ok[struct{}, string](struct{}{}), nil
	case 1:
		return wit.Err[struct{}]("one"), nil
	}
	return wit.Result[struct{}, string]{}, errors.New("more")
}

func init() { test.Export(theTest{}) }

func main() {}
