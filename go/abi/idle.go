package abi

import (
	"encoding/binary"
	"os"
	"time"
)

// The idle shim, which the build adds to the module, answers for two reserved
// descriptors. A goroutine that reads one is parked by Go's own netpoller.
//
//   - idleDescriptor becomes readable when every goroutine is parked; what it
//     reads is the time until Go's next timer.
//   - watchDescriptor becomes readable when, in a synchronous export, every
//     goroutine is parked and there is no timer or descriptor to wait for.
const (
	idleDescriptor  = 0x7ffffff0
	watchDescriptor = 0x7ffffff1
)

var (
	idleFile  *os.File
	idleBytes [8]byte
	watching  bool
)

// openReserved opens a descriptor that the idle shim answers for.
func openReserved(fd uintptr, name string) *os.File {
	f := os.NewFile(fd, name)
	// Only a file that the netpoller has taken in has deadlines.
	if f == nil || f.SetReadDeadline(time.Time{}) != nil {
		panic("tenon: the idle shim is missing: make the component with tenon build or tenon componentize")
	}
	return f
}

// idle lets every goroutine run until all are parked. It returns the time
// until Go's next timer in nanoseconds, or -1 if there is none.
func idle() int64 {
	for {
		readIdle(idleBytes[:])
		if nested == 0 {
			return int64(binary.LittleEndian.Uint64(idleBytes[:]))
		}
		// A synchronous export within this turn is parked. To go on now would
		// be to return to the host in its place.
		if unnested == nil {
			unnested = make(chan struct{})
		}
		<-unnested
	}
}

// readIdle returns when all goroutines are parked, or all but others that wait
// here, too.
func readIdle(deadline []byte) {
	if idleFile == nil {
		idleFile = openReserved(idleDescriptor, "idle")
	}
	if n, err := idleFile.Read(deadline); n != len(deadline) {
		panic("tenon: the idle shim gave no deadline: " + err.Error())
	}
}

// Drain lets every goroutine run until all are parked. Timers that are due
// later stay as they are.
func Drain() { idle() }

// watchForDeadlock starts the goroutine that speaks up when a synchronous
// export waits for something that only the host could bring.
func watchForDeadlock() {
	watching = true
	watch := openReserved(watchDescriptor, "watch")
	go func() {
		var b [8]byte
		_, _ = watch.Read(b[:])
		if len(roster) > 0 {
			DumpTasks(os.Stderr)
		}
		panic("tenon: deadlock: " + syncExport() + " is synchronous and waits for something that only the host can bring" +
			whereStuck() + ": make it async in the WIT")
	}()
}
