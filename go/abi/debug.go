package abi

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
	"unsafe"
)

// What the environment variable TENON_DEBUG asks for: leaks, tasks, or both
// with a comma between. tasks=5s lists the tasks whenever one has been under
// way for another five seconds.
var (
	leaks      bool
	debugTasks bool
	tasksEvery time.Duration
)

func init() {
	said := os.Getenv("TENON_DEBUG")
	if said == "" {
		return
	}
	for _, word := range strings.Split(said, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(word), "=")
		every, err := time.ParseDuration(value)
		switch {
		case key == "leaks" && value == "":
			leaks = true
		case key == "tasks" && value == "", key == "tasks" && err == nil && every > 0:
			debugTasks, tasksEvery = true, every
			// The stacks of other goroutines say what their tasks wait for.
			debug.SetTraceback("all")
		case key != "":
			fmt.Fprintf(os.Stderr, "tenon: TENON_DEBUG: nothing is called %q; there are leaks, tasks and tasks=5s\n", word)
		}
	}
}

// A stack is who called.
type stack struct {
	pcs   [24]uintptr
	depth int
}

// here is the stack of the caller's caller.
func here() *stack {
	s := new(stack)
	s.depth = runtime.Callers(3, s.pcs[:])
	return s
}

// frames are the stack's functions, without those of the Go runtime and of
// this one.
func (s *stack) frames() []runtime.Frame {
	var list []runtime.Frame
	if s == nil {
		return nil
	}
	all := runtime.CallersFrames(s.pcs[:s.depth])
	for more := s.depth > 0; more; {
		var f runtime.Frame
		if f, more = all.Next(); !internal(f.Function) {
			list = append(list, f)
		}
	}
	return list
}

// internal reports that a function is none that a user wants to read of.
func internal(function string) bool {
	for _, prefix := range [...]string{"runtime.", "sync.", "internal/", "time.", "tenon.dev/go/abi.", "tenon.dev/go/wit."} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return function == "panic"
}

// An origin is where a handle was made that has to be closed.
type origin struct {
	what   string
	made   *stack
	closed bool
	listed bool
}

// opened are the origins of what is still open, by the address of what Closed
// will be told. An address keeps nothing alive.
var opened map[uintptr]*origin

// Opened notes, for TENON_DEBUG=leaks, that something was made which its owner
// has to close: what Closed says of key, before owner is collected.
func Opened[T any](owner *T, key unsafe.Pointer, what string) {
	if !leaks {
		return
	}
	o := &origin{what: what, made: here()}
	pin()
	if opened == nil {
		opened = map[uintptr]*origin{}
	}
	opened[uintptr(key)] = o
	unpin()
	runtime.AddCleanup(owner, (*origin).forgotten, o)
}

// Closed notes that what was made with that key needs closing no more.
func Closed(key unsafe.Pointer) {
	if !leaks {
		return
	}
	pin() // no other goroutine may come in between
	defer unpin()
	if o := opened[uintptr(key)]; o != nil {
		o.closed = true
		delete(opened, uintptr(key))
	}
}

// forgotten reports what was collected without having been closed.
func (o *origin) forgotten() {
	if o.closed {
		return
	}
	pin()
	for key, other := range opened {
		if other == o {
			delete(opened, key)
		}
	}
	unpin()
	o.report("was forgotten: nobody refers to it, and it was not closed")
}

func (o *origin) report(how string) {
	var text strings.Builder
	fmt.Fprintf(&text, "tenon: leak: %s %s. It was made here:\n", o.what, how)
	for _, f := range o.made.frames() {
		fmt.Fprintf(&text, "\t%s\n\t\t%s:%d\n", f.Function, f.File, f.Line)
	}
	_, _ = os.Stderr.WriteString(text.String())
}

// reportOpen lists, once each, what is still open when nothing is under way
// any more.
func reportOpen() {
	for _, o := range opened {
		if !o.listed {
			o.listed = true
			o.report("is still open, and no call is under way any more")
		}
	}
}
