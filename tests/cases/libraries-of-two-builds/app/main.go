package main

import (
	"context"
	"fmt"
	"sync"

	"example.com/app/wit/export/app"
	"example.com/newer"
	"example.com/older"
)

func main() {}

func init() { app.Export(program{}) }

type program struct{}

const bucket = "shelf"

// Run has calls of both libraries under way: the older one waits for values
// and for the clock, while the newer one waits for the clock and writes them.
func (program) Run(ctx context.Context) ([]string, error) {
	keys := []string{"a", "b", "c"}
	lines := make([]string, len(keys))
	var all sync.WaitGroup
	start := func(f func() error) {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := f(); err != nil {
				panic(err)
			}
		}()
	}
	for i, key := range keys {
		start(func() error {
			if err := older.Pause(ctx); err != nil {
				return err
			}
			value, err := older.Wait(ctx, bucket, key)
			lines[i] = "older saw " + value
			return err
		})
		start(func() error { return newer.Put(ctx, bucket, key, "<"+key+">") })
	}
	all.Wait()
	lines = append(lines, older.All(bucket)...)
	text, err := newer.Text(ctx, bucket, "b")
	lines = append(lines, fmt.Sprint("newer reads ", text, " ", err))
	key, bad := newer.BadKey(newer.Put(ctx, bucket, "", "x"))
	lines = append(lines, fmt.Sprintf("bad key %q %t", key, bad), fmt.Sprint("size ", newer.Size(bucket)))
	_, err = older.Wait(ctx, bucket, "")
	lines = append(lines, fmt.Sprint("older: ", err), "may "+older.Rights(bucket))
	random := len(older.Random(8)) + len(newer.Random(8))
	return append(lines, fmt.Sprint(random, " random bytes")), nil
}
