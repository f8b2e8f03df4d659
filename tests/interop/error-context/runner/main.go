package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"example.com/interop/error-context/runner/wit/export/runner"
	"example.com/interop/error-context/runner/wit/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { runner.Export(program{}) }

// program is the world's runner.
type program struct{}

func (program) Run(ctx context.Context) error {
	values(ctx)
	results(ctx)
	streams(ctx)
	for n := range 1000 {
		e := i.Make(fmt.Sprint("number ", n))
		expect("make", i.Message(e), fmt.Sprint("number ", n))
		if n%2 == 0 {
			e.Close()
		}
	}
	return nil
}

func values(ctx context.Context) {
	mine := wit.NewErrorContext("ünterwegs")
	expect("mine", i.Message(mine), "ünterwegs")
	expect("echo", i.Echo(mine).Error(), "ünterwegs")
	theirs := i.Make("theirs")
	expect("theirs, unread", i.Message(theirs), "theirs")
	i.Keep(theirs)
	theirs.Close()
	expect("closed", theirs.Error(), "theirs")
	expect("closed and passed on", i.Message(theirs), "theirs")
	i.Keep(mine)
	expect("kept", i.Kept(), []string{"theirs", "ünterwegs"})

	reports := []i.Report{{Context: mine, Attempt: 1}, {Context: theirs, Attempt: 2}}
	var texts []string
	for _, o := range i.Wrap(reports, wit.Some(mine)) {
		switch o := o.(type) {
		case i.OutcomeFine:
			texts = append(texts, "fine")
		case i.OutcomeFailed:
			texts = append(texts, o.Value.Error())
		}
	}
	expect("wrap", texts, []string{"fine", "ünterwegs (1)", "theirs (2)", "ünterwegs"})
}

func results(ctx context.Context) {
	n, err := i.Fails("")
	check("fails", err)
	expect("fails", n, uint32(7))
	_, err = i.Fails("out of luck")
	expectContext("fails", err, "out of luck")
	s, err := i.FailsLater(ctx, "")
	check("fails later", err)
	expect("fails later", s, "fine")
	_, err = i.FailsLater(ctx, "later")
	expectContext("fails later", err, "later")
	future, err := i.Later(ctx, "")
	check("later", err)
	b, err := future.Await(ctx)
	check("later's future", err)
	expect("later", b, uint8(9))
	future, err = i.Later(ctx, "never")
	check("later", err)
	_, err = future.Await(ctx)
	expectContext("later's future", err, "never")
}

func streams(ctx context.Context) {
	w, r := wit.NewStream[*wit.ErrorContext]()
	go func() {
		defer w.Close()
		for _, text := range []string{"a", "b"} {
			if _, err := w.Write([]*wit.ErrorContext{wit.NewErrorContext(text)}); err != nil {
				panic(err)
			}
		}
	}()
	back, err := i.Each(ctx, r)
	check("each", err)
	var texts []string
	for e, err := range back.All() {
		check("each's stream", err)
		texts = append(texts, e.Error())
	}
	expect("each", texts, []string{"a", "a!", "b", "b!"})
}

func expectContext(what string, err error, message string) {
	var e *wit.ErrorContext
	if !errors.As(err, &e) {
		panic(fmt.Sprintf("%s: %T %v is no error-context", what, err, err))
	}
	expect(what, e.Error(), message)
}

func check(what string, err error) {
	if err != nil {
		panic(fmt.Sprintf("%s: %v", what, err))
	}
}

func expect[T any](what string, got, want T) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("%s: %v instead of %v", what, got, want))
	}
}
