package abi

import _ "unsafe" // for linkname

// While the scheduler is pinned, Go preempts nobody and starts no collection.

//go:linkname procPin runtime.procPin
func procPin() int

//go:linkname procUnpin runtime.procUnpin
func procUnpin()

// pin begins a change of state that goroutines share. There is one thread, but
// an allocation may start a collection, which lets another goroutine run in
// the middle of, say, an append.
func pin() { procPin() }

func unpin() { procUnpin() }
