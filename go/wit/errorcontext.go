package wit

import (
	"errors"

	"tenon.dev/go/abi"
)

// An ErrorContext is WIT's error-context: an error that says in words what
// went wrong, for people who look for the cause. A host may say more in its
// text, or less, than whoever made it did.
//
// It can be passed on as often as wanted. Close gives back the host's part of
// it, which otherwise happens at some time after it has become unreachable.
type ErrorContext struct {
	res     abi.Resource // nothing until the host has to know of it
	message string
	known   bool // message is what the host says
}

// NewErrorContext makes an error-context that says message.
func NewErrorContext(message string) *ErrorContext {
	return &ErrorContext{message: message, known: true}
}

// ErrorContextOf is the error-context in err's tree, or a new one with err's
// text.
func ErrorContextOf(err error) *ErrorContext {
	var e *ErrorContext
	if errors.As(err, &e) {
		return e
	}
	return NewErrorContext(err.Error())
}

// Error is what it says.
func (e *ErrorContext) Error() string {
	if !e.known {
		handle, _ := e.res.Held()
		e.message, e.known = abi.ErrorContextMessage(handle), true
	}
	return e.message
}

// Close drops the host's part. Error goes on to say what it said. Closing
// twice is harmless; passing it on afterwards makes it known to the host
// again.
func (e *ErrorContext) Close() error {
	_ = e.Error()
	return e.res.Close()
}

// LiftErrorContext is for generated code.
func LiftErrorContext(handle uint32) *ErrorContext {
	e := new(ErrorContext)
	e.res.Hold(handle, abi.DropErrorContext)
	return e
}

// LowerErrorContext is for generated code: the handle that e is passed as,
// good until c has ended.
func LowerErrorContext(c *abi.Call, e *ErrorContext) uint32 {
	if e == nil {
		panic("tenon: a nil *wit.ErrorContext was passed to a call")
	}
	if _, ok := e.res.Held(); !ok {
		e.res.Hold(abi.NewErrorContext(e.Error()), abi.DropErrorContext)
	}
	return c.Lend(&e.res)
}
