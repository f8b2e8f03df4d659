package wit

import "fmt"

// A Result is a success with a T or a failure with an E, inside data. As the
// result of a function, WIT's result is (T, error). The zero value is a
// success with T's zero value.
type Result[T, E any] struct {
	value   T
	failure E
	failed  bool
}

// Ok is a success.
func Ok[T, E any](v T) Result[T, E] { return Result[T, E]{value: v} }

// Err is a failure.
func Err[T, E any](e E) Result[T, E] { return Result[T, E]{failure: e, failed: true} }

// Get returns the value of a success, or else the failure and false.
func (r Result[T, E]) Get() (value T, failure E, ok bool) {
	return r.value, r.failure, !r.failed
}

// String is like "ok(1)" or "err(empty)".
func (r Result[T, E]) String() string {
	if r.failed {
		return fmt.Sprintf("err(%v)", r.failure)
	}
	return fmt.Sprintf("ok(%v)", r.value)
}

// An Error is the failure of a function whose WIT error type is not itself a
// Go error.
type Error[E any] struct {
	Value E
}

// Error is the value's text.
func (e *Error[E]) Error() string {
	if _, empty := any(e.Value).(struct{}); empty {
		return "the call failed"
	}
	return fmt.Sprint(e.Value)
}
