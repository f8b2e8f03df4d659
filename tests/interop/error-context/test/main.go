package main

import (
	"context"
	"errors"
	"fmt"

	"example.com/interop/error-context/test/wit/export/my/test/i"
	"tenon.dev/go/wit"
)

func main() {}

func init() { i.Export(&program{}) }

// program implements my:test/i.
type program struct{ kept []*wit.ErrorContext }

func (*program) Message(e *wit.ErrorContext) string { return e.Error() }

func (*program) Make(message string) *wit.ErrorContext { return wit.NewErrorContext(message) }

func (*program) Echo(e *wit.ErrorContext) *wit.ErrorContext { return e }

func (*program) Wrap(reports []i.Report, extra wit.Option[*wit.ErrorContext]) []i.Outcome {
	outcomes := []i.Outcome{i.OutcomeFine{}}
	for _, r := range reports {
		e := wit.NewErrorContext(fmt.Sprintf("%s (%d)", r.Context, r.Attempt))
		outcomes = append(outcomes, i.OutcomeFailed{Value: e})
	}
	if e, ok := extra.Get(); ok {
		outcomes = append(outcomes, i.OutcomeFailed{Value: e})
	}
	return outcomes
}

// Fails gives an error of Go's: its text becomes the error-context's.
func (*program) Fails(message string) (uint32, error) {
	if message == "" {
		return 7, nil
	}
	return 0, errors.New(message)
}

// FailsLater gives an error-context that is wrapped: it is passed on itself.
func (*program) FailsLater(ctx context.Context, message string) (string, error) {
	if message == "" {
		return "fine", nil
	}
	return "", fmt.Errorf("not seen: %w", wit.NewErrorContext(message))
}

func (*program) Each(ctx context.Context, s *wit.StreamReader[*wit.ErrorContext]) (*wit.StreamReader[*wit.ErrorContext], error) {
	w, r := wit.NewStream[*wit.ErrorContext]()
	go func() {
		defer w.Close()
		for e, err := range s.All() {
			if err != nil {
				panic(err)
			}
			if _, err := w.Write([]*wit.ErrorContext{e, wit.NewErrorContext(e.Error() + "!")}); err != nil {
				panic(err)
			}
		}
	}()
	return r, nil
}

func (*program) Later(ctx context.Context, message string) (*wit.Future[uint8], error) {
	if message == "" {
		return wit.Resolved(uint8(9), nil), nil
	}
	return wit.Resolved(uint8(0), wit.NewErrorContext(message)), nil
}

func (p *program) Keep(e *wit.ErrorContext) { p.kept = append(p.kept, e) }

func (p *program) Kept() []string {
	var all []string
	for _, e := range p.kept {
		all = append(all, e.Error())
		e.Close()
	}
	p.kept = nil
	return all
}
