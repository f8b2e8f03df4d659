// Command test does the least that each function asks for.
package main

import (
	"context"
	"runtime"

	"example.com/bench/async/test/wit/export/bench/tasks/api"
	"tenon.dev/go/wit"
)

type service struct{}

func (service) Now(n uint32) uint32 { return n }

func (service) Trivial(_ context.Context, n uint32) (uint32, error) { return n, nil }

func (service) Blocked(_ context.Context, n uint32) (uint32, error) {
	wit.Yield()
	return n, nil
}

// gate is closed when all go on.
var gate = make(chan struct{})

func (service) Parked(_ context.Context, n uint32) (uint32, error) {
	<-gate
	return n, nil
}

func (service) Release(context.Context) error {
	close(gate)
	gate = make(chan struct{})
	return nil
}

func (service) Bytes(_ context.Context, total uint64, chunk uint32) (*wit.ByteReader, error) {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		data := make([]byte, chunk)
		for sent := uint64(0); sent < total; sent += uint64(chunk) {
			if _, err := w.Write(data); err != nil {
				panic(err)
			}
		}
	}()
	return r, nil
}

func (service) Numbers(_ context.Context, total uint64, chunk uint32) (*wit.StreamReader[uint32], error) {
	w, r := wit.NewStream[uint32]()
	go func() {
		defer w.Close()
		data := make([]uint32, chunk/4)
		for sent := uint64(0); sent < total; sent += uint64(chunk) {
			if _, err := w.Write(data); err != nil {
				panic(err)
			}
		}
	}()
	return r, nil
}

func (service) Mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func init() { api.Export(service{}) }

func main() {}
