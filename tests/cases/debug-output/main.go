// Command debugged makes the mistakes that TENON_DEBUG is for.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
	"tenon.dev/go/wasi/http/v0.3/types"
	_ "tenon.dev/go/wasicli"
	"tenon.dev/go/wit"
)

var mistakes = map[string]func(){
	"leak":      leak,
	"open":      func() { kept = types.NewFields() },
	"tidy":      tidy,
	"tasks":     tasks,
	"hang":      hang,
	"panic":     func() { panic("boom") },
	"goroutine": func() { go explode(); time.Sleep(time.Hour) },
}

func main() {
	mistakes[os.Args[1]]()
	fmt.Println("done")
}

var kept *types.Fields

// leak forgets a resource, a promise and both ends of a stream.
func leak() {
	forget()
	// Cleanups run on a goroutine of their own.
	for range 5 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}

//go:noinline
func forget() {
	_ = types.NewFields()
	_, _ = wit.NewFuture(func() (int, error) { return 0, nil })
	_, _ = wit.NewStream[string]()
}

// tidy closes all that it opens.
func tidy() {
	fields := types.NewFields()
	fields.Close()
	p, f := wit.NewFuture(func() (int, error) { return 0, nil })
	p.Resolve(1)
	_, _ = f.Await(context.Background())
	w, r := wit.NewStream[int]()
	w.Close()
	r.Close()
	runtime.GC()
	time.Sleep(time.Millisecond)
	runtime.GC()
}

func tasks() {
	var mu sync.Mutex
	mu.Lock()
	go waitForMutex(&mu)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = monotonicclock.WaitFor(ctx, uint64(time.Hour))
	}()
	time.Sleep(10 * time.Millisecond)
	wit.DumpTasks(os.Stdout)
	cancel()
	<-ended
}

func waitForMutex(mu *sync.Mutex) { mu.Lock() }

// hang lets the list of what has been under way for long appear by itself.
func hang() {
	never := make(chan struct{})
	select {
	case <-never:
	case <-time.After(time.Second):
	}
}

func explode() {
	var nothing map[string]int
	nothing["boom"] = 1
}
