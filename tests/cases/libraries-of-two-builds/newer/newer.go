// Package newer is a library whose bindings the Tenon of today generates.
package newer

import (
	"context"
	"errors"
	"io"

	"example.com/newer/wit/example/store/v1/kv"
	"example.com/newer/wit/wasi/random/v0.2/random"
	"tenon.dev/go/wasi/clocks/v0.3/monotonicclock"
)

// Put writes a value, after a pause.
func Put(ctx context.Context, bucket, key, value string) error {
	if err := monotonicclock.WaitFor(ctx, 1000000); err != nil {
		return err
	}
	b := kv.NewBucket(bucket)
	defer b.Close()
	_, err := b.Set(ctx, key, []byte(value))
	return err
}

// BadKey reports whether err says so, and about which key.
func BadKey(err error) (string, bool) {
	var bad kv.TroubleBadKey
	if errors.As(err, &bad) {
		return bad.Value, true
	}
	return "", false
}

// Text reads a value as a stream.
func Text(ctx context.Context, bucket, key string) (string, error) {
	b := kv.NewBucket(bucket)
	defer b.Close()
	r, result, err := b.Read(ctx, key)
	if err != nil {
		return "", err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return "", err
	}
	_, err = result.Await(ctx)
	return string(text), err
}

// Size says how many values there are.
func Size(bucket string) int {
	b := kv.NewBucket(bucket)
	defer b.Close()
	return int(b.Size())
}

// Random gives random bytes.
func Random(n int) []byte { return random.GetRandomBytes(uint64(n)) }
