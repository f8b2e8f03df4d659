package wit

import (
	"context"
	"sync"

	"tenon.dev/go/abi"
)

// A monitor guards state that goroutines wait on, each until its own condition
// holds or its context ends, which a sync.Cond cannot do.
type monitor struct {
	mu      sync.Mutex
	changed chan struct{} // closed, and replaced, at every change
}

func newMonitor() monitor { return monitor{changed: make(chan struct{})} }

// announce wakes everybody who waits for a change. The caller holds mu.
func (m *monitor) announce() {
	close(m.changed)
	m.changed = make(chan struct{})
	abi.Stir()
}

// wait lets others go on until something changes or ctx ends. The caller holds
// mu, and holds it again afterwards.
func (m *monitor) wait(ctx context.Context) error {
	changed := m.changed
	m.mu.Unlock()
	defer m.mu.Lock()
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
