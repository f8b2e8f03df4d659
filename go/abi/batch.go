package abi

import "unsafe"

// Short strings of one list share memory: a list of a hundred names is a few
// allocations and not a hundred. Who keeps one of them keeps up to batchMax
// bytes of others.
const (
	batchedMax = 256     // bytes of a string that shares
	batchMin   = 64      // bytes shared at first,
	batchMax   = 2 << 10 // and at most
)

var (
	batches   int    // lists that are being lifted, by whichever goroutine
	batchRest []byte // what is free of the memory shared at the moment
	batchNext int    // how much is allocated next
)

// BeginBatch begins the lifting of a list of n items that hold strings.
func BeginBatch(n uint32) {
	if batches == 0 {
		batchNext = int(min(max(batchMin, 4*n), batchMax))
	}
	batches++
}

// EndBatch ends it.
func EndBatch() {
	if batches--; batches == 0 {
		batchRest = nil
	}
}

// batched is block as a string.
func batched(block []byte) string {
	if len(block) > len(batchRest) {
		rest := make([]byte, max(batchNext, len(block)))
		batchRest = rest // another goroutine may have run: nothing before counts
		batchNext = min(2*batchNext, batchMax)
	}
	s := batchRest[:len(block)]
	batchRest = batchRest[len(block):]
	copy(s, block)
	return unsafe.String(unsafe.SliceData(s), len(s))
}
