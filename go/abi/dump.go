package abi

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// counts tell how often the host was at work for the loop, in DumpTasks.
var counts struct {
	Started, AtOnce, Callbacks, Wakes, Timers uint64
}

// A mark is what TENON_DEBUG=tasks notes of a task.
type mark struct {
	since     time.Duration
	goroutine uint64
}

func newMark() *mark {
	if tasksEvery > 0 && !reminding {
		reminding = true
		time.AfterFunc(tasksEvery, remind)
	}
	return &mark{since: sinceStart()}
}

// reminding says that a timer will call remind.
var reminding bool

// remind lists the tasks if one has been under way for long, and looks again
// later if any is.
func remind() {
	reminding = false
	long := false
	for _, t := range roster {
		if t.mark == nil || t.returned {
			continue
		}
		reminding = true
		long = long || sinceStart()-t.mark.since >= tasksEvery
	}
	if long {
		DumpTasks(os.Stderr)
	}
	if reminding {
		time.AfterFunc(tasksEvery, remind)
	}
}

// DumpTasks writes what the calls of asynchronous exports are doing that are
// under way. With TENON_DEBUG=tasks it knows more of what they wait for.
func DumpTasks(w io.Writer) {
	var text strings.Builder
	var list []*Task
	if t := current; t != nil && t.id == 0 {
		list = append(list, t)
	}
	for _, t := range tasks {
		if t != nil {
			list = append(list, t)
		}
	}
	fmt.Fprintf(&text, "tenon: tasks: %d, goroutines: %d, calls so far: %d, ended at once: %d, callbacks: %d, wakes: %d, timers: %d\n",
		len(list), runtime.NumGoroutine(), counts.Started, counts.AtOnce, counts.Callbacks, counts.Wakes, counts.Timers)
	var parked map[uint64]goroutine
	if debugTasks {
		parked = goroutines()
	}
	for i, t := range list {
		if i == maxListed {
			fmt.Fprintf(&text, "  and %d more\n", len(list)-i)
			break
		}
		t.describe(&text, parked)
	}
	_, _ = io.WriteString(w, text.String())
}

// A list is for people.
const (
	maxListed = 50 // tasks
	maxEach   = 10 // things that one of them waits for
)

func (t *Task) describe(text *strings.Builder, parked map[uint64]goroutine) {
	fmt.Fprintf(text, "  %s: %s", t.name, t.state())
	if t.mark != nil {
		fmt.Fprintf(text, ", for %v", (sinceStart() - t.mark.since).Round(time.Millisecond))
	}
	text.WriteByte('\n')
	if t.mark != nil && !t.finished {
		for i, g := range family(parked, t.mark.goroutine) {
			if i == maxEach {
				text.WriteString("    and more goroutines\n")
				break
			}
			fmt.Fprintf(text, "    goroutine %d: %s%s\n", g.id, g.state, g.place())
		}
	}
	for i, w := range t.guests {
		if i == maxEach {
			fmt.Fprintf(text, "    and %d more of the host's\n", len(t.guests)-i)
			break
		}
		fmt.Fprintf(text, "    the host: %s%s\n", w.owner.about(), w.made.place())
	}
}

func (t *Task) state() string {
	switch {
	case t.returned && t.finished:
		return "has returned, and stays for what goroutines wait for"
	case t.finished:
		return "is done, and waits for its turn to return"
	case t.cancelled:
		return "at work, though its caller has cancelled"
	}
	return "at work"
}

// place is who waits: the first function that is the user's or generated, and
// who called that.
func (s *stack) place() string {
	frames := s.frames()
	switch len(frames) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(" in %s, %s:%d", frames[0].Function, frames[0].File, frames[0].Line)
	}
	f := frames[1]
	return fmt.Sprintf(" in %s, called at %s:%d", frames[0].Function, f.File, f.Line)
}

// A goroutine is what Go's own list says of one.
type goroutine struct {
	id, parent uint64
	state      string
	function   string // the first that is not internal
	at         string
	caller     string // of that, with its place
}

func (g goroutine) place() string {
	if g.function == "" {
		return ""
	}
	if g.caller != "" {
		return " in " + g.function + ", " + g.at + ", called by " + g.caller
	}
	return " in " + g.function + ", " + g.at
}

// goroutineID is the current goroutine's number in Go's lists.
func goroutineID() uint64 {
	var buf [64]byte
	text := string(buf[:runtime.Stack(buf[:], false)])
	return parseGoroutine(text).id
}

// goroutines reads Go's list of all goroutines.
func goroutines() map[uint64]goroutine {
	buf := make([]byte, 64<<10)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) || n >= 16<<20 {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	all := map[uint64]goroutine{}
	for _, part := range bytes.Split(buf, []byte("\n\n")) {
		g := parseGoroutine(string(part))
		all[g.id] = g
	}
	return all
}

// parseGoroutine reads one entry of Go's list:
//
//	goroutine 18 [chan receive]:
//	main.wait(...)
//		example.com/app/main.go:12 +0x3
//	created by main.start in goroutine 7
//		example.com/app/main.go:10 +0x5
func parseGoroutine(text string) (g goroutine) {
	lines := strings.Split(text, "\n")
	head, _ := strings.CutPrefix(lines[0], "goroutine ")
	number, rest, _ := strings.Cut(head, " ")
	g.id, _ = strconv.ParseUint(number, 10, 64)
	if from, to := strings.IndexByte(rest, '['), strings.LastIndexByte(rest, ']'); from >= 0 && to > from {
		g.state = rest[from+1 : to]
	}
	for i := 1; i+1 < len(lines); i += 2 {
		if by, ok := strings.CutPrefix(lines[i], "created by "); ok {
			_, parent, _ := strings.Cut(by, " in goroutine ")
			g.parent, _ = strconv.ParseUint(parent, 10, 64)
			break
		}
		function := lines[i]
		if at := strings.LastIndexByte(function, '('); at > 0 {
			function = function[:at]
		}
		at, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
		switch {
		case internal(function):
		case g.function == "":
			g.function, g.at = function, at
		case g.caller == "":
			g.caller = function + ", " + at
		}
	}
	return g
}

// family is the goroutine with that number and those that descend from it.
func family(all map[uint64]goroutine, id uint64) []goroutine {
	var list []goroutine
	for _, g := range all {
		for ancestor, depth := g, 0; depth < 64; depth++ {
			if ancestor.id == id {
				at := len(list)
				for at > 0 && list[at-1].id > g.id {
					at--
				}
				list = slices.Insert(list, at, g)
				break
			}
			parent, known := all[ancestor.parent]
			if !known {
				break
			}
			ancestor = parent
		}
	}
	return list
}

// mainGoroutine is the one on whose stack exports run.
const mainGoroutine = 1

// whereStuck is where a synchronous export waits, in brackets.
func whereStuck() string {
	g := goroutines()[mainGoroutine]
	if g.function == "" {
		return ""
	}
	return " (" + g.state + g.place() + ")"
}

// panicking reports that deferred functions run because of a panic, and not of
// runtime.Goexit.
func panicking() bool {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			return true
		case f.Function == "runtime.Goexit", !more:
			return false
		}
	}
}

// mourn says whose goroutine panics, before Go says why and ends the program.
func (t *Task) mourn() {
	fmt.Fprintf(os.Stderr, "tenon: a panic in the export %s:\n", t.name)
	if debugTasks {
		DumpTasks(os.Stderr)
	}
}
