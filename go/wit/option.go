package wit

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// An Option is a value that may be absent. The zero value is none.
type Option[T any] struct {
	value T
	some  bool
}

// Some is an option that holds v.
func Some[T any](v T) Option[T] { return Option[T]{v, true} }

// None is an option that holds nothing.
func None[T any]() Option[T] { return Option[T]{} }

// OptionOf is Some(v) if ok, and none if not: the counterpart of Get.
func OptionOf[T any](v T, ok bool) Option[T] {
	if !ok {
		return Option[T]{}
	}
	return Option[T]{v, true}
}

// Get returns the value, and whether there is one.
func (o Option[T]) Get() (T, bool) { return o.value, o.some }

// Or returns the value, or v if there is none.
func (o Option[T]) Or(v T) T {
	if o.some {
		return o.value
	}
	return v
}

// IsZero reports that the option is none, so that the JSON option omitzero
// leaves it out.
func (o Option[T]) IsZero() bool { return !o.some }

// String is the value's text, or "none".
func (o Option[T]) String() string {
	if !o.some {
		return "none"
	}
	return fmt.Sprint(o.value)
}

// MarshalJSON is the value's JSON, or null.
func (o Option[T]) MarshalJSON() ([]byte, error) {
	if !o.some {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON takes null for none.
func (o *Option[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*o = Option[T]{}
		return nil
	}
	if err := json.Unmarshal(data, &o.value); err != nil {
		return err
	}
	o.some = true
	return nil
}
