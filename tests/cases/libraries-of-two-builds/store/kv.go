package main

import (
	"context"
	"slices"
	"strings"
	"sync"

	"example.com/store/wit/export/example/store/v1/kv"
	"tenon.dev/go/wit"
)

func main() {}

func init() { kv.Export(&store{entries: map[string]kv.Entry{}, signals: map[string]chan struct{}{}}) }

// A store has one bucket, whatever it is called. A key is written once, and
// not before somebody waits for it.
type store struct {
	mu      sync.Mutex
	entries map[string]kv.Entry
	signals map[string]chan struct{}
}

type bucket struct{ *store }

func (s *store) NewBucket(string) kv.Bucket { return bucket{s} }

func (bucket) Rights() kv.Rights { return kv.RightsRead | kv.RightsWrite }

func (b bucket) Entries() []kv.Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []kv.Entry
	for _, e := range b.entries {
		all = append(all, e)
	}
	slices.SortFunc(all, func(x, y kv.Entry) int { return strings.Compare(x.Key, y.Key) })
	return all
}

func (b bucket) Get(key string) (kv.Entry, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, ok := b.entries[key]
	return e, ok
}

// signal is the channel that says that something happened to a key.
func (s *store) signal(what, key string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.signals[what+key]
	if !ok {
		c = make(chan struct{})
		s.signals[what+key] = c
	}
	return c
}

func (b bucket) Wait(ctx context.Context, key string) (kv.Entry, error) {
	if key == "" {
		return kv.Entry{}, kv.TroubleFull{}
	}
	close(b.signal("asked", key))
	select {
	case <-b.signal("written", key):
		e, _ := b.Get(key)
		return e, nil
	case <-ctx.Done():
		return kv.Entry{}, ctx.Err()
	}
}

func (b bucket) Set(ctx context.Context, key string, value []byte) (uint32, error) {
	if key == "" {
		return 0, kv.TroubleBadKey{Value: "nameless"}
	}
	select {
	case <-b.signal("asked", key):
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer close(b.signal("written", key))
	b.mu.Lock()
	defer b.mu.Unlock()
	e := kv.Entry{Key: key, Value: value, Version: b.entries[key].Version + 1}
	b.entries[key] = e
	return e.Version, nil
}

func (b bucket) Read(_ context.Context, key string) (*wit.ByteReader, *wit.Future[struct{}], error) {
	w, r := wit.NewByteStream()
	e, _ := b.Get(key)
	go func() {
		defer w.Close()
		_, _ = w.Write(e.Value)
	}()
	return r, wit.Resolved(struct{}{}, nil), nil
}

func (b bucket) Size() uint32 { return uint32(len(b.Entries())) }
