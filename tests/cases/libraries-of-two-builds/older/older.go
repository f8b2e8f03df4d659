// Package older is a library whose bindings an early build of Tenon generated.
// They are never generated again: that they go on working is what this shows.
package older

import (
	"context"
	"fmt"

	"example.com/older/wit/example/store/v1/kv"
	"example.com/older/wit/wasi/random/v0.2/random"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
)

// Wait waits until the store has a value for key.
func Wait(ctx context.Context, bucket, key string) (string, error) {
	b := kv.NewBucket(bucket)
	defer b.Close()
	entry, err := b.Wait(ctx, key)
	return string(entry.Value), err
}

// All lists what the store has.
func All(bucket string) []string {
	b := kv.NewBucket(bucket)
	defer b.Close()
	var all []string
	for _, e := range b.Entries() {
		all = append(all, fmt.Sprintf("%s=%s (%d)", e.Key, e.Value, e.Version))
	}
	return all
}

// Rights says what may be done with the store.
func Rights(bucket string) string {
	b := kv.NewBucket(bucket)
	defer b.Close()
	return b.Rights().String()
}

// Pause waits for a moment.
func Pause(ctx context.Context) error { return monotonicclock.WaitFor(ctx, 1000000) }

// Random gives random bytes.
func Random(n int) []byte { return random.GetRandomBytes(uint64(n)) }
