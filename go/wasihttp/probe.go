package wasihttp

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// A probe notices a client that disconnects while its handler writes nothing:
// a write of no bytes tells whether anybody reads. The body has one writer at a
// time, so the probe gives way to the handler.
type probe struct {
	mu     sync.Mutex
	cancel context.CancelFunc // ends the write under way, if there is one
	done   chan struct{}      // closed when that has ended
	paused bool               // the handler writes
	active bool               // the handler has written since the last look
}

// probeEvery is how often a handler that writes nothing looks whether the
// client is still there.
const probeEvery = 100 * time.Millisecond

// run looks until the request has ended.
func (p *probe) run(w *responseWriter) {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-w.ctx.Done():
			return
		}
		if err := p.look(w); errors.Is(err, io.ErrClosedPipe) {
			w.end(errDisconnected)
			return
		}
	}
}

// look waits until the client asks for more or is gone, or the handler writes.
func (p *probe) look(w *responseWriter) error {
	p.mu.Lock()
	if p.paused || p.active {
		p.active = false
		p.mu.Unlock()
		return nil
	}
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan struct{})
	p.cancel, p.done = cancel, done
	p.mu.Unlock()

	err := w.body.Ready(ctx)

	p.mu.Lock()
	defer p.mu.Unlock()
	cancel()
	close(done)
	p.cancel, p.done = nil, nil
	return err
}

// pause ends a look that is under way, and waits for its end.
func (p *probe) pause() {
	p.mu.Lock()
	p.paused = true
	cancel, done := p.cancel, p.done
	p.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
}

func (p *probe) resume() {
	p.mu.Lock()
	p.paused, p.active = false, true
	p.mu.Unlock()
}
