// Command leaf has a resource whose methods take their time.
package main

import (
	"context"

	"example.com/interop/tenon-async-resources/leaf/wit/export/tenon/async-resources/things"
	"tenon.dev/go/wit"
)

func main() {}

func init() { things.Export(program{}) }

// alive counts the things that are neither dropped nor merged.
var alive uint32

type thing struct{ v uint32 }

func newThing(v uint32) *thing {
	alive++
	return &thing{v}
}

func (t *thing) Get(context.Context) (uint32, error) {
	for range 2 {
		wit.Yield()
	}
	return t.v, nil
}

func (t *thing) GetNow() uint32 { return t.v }

func (t *thing) Set(_ context.Context, v uint32) error {
	wit.Yield()
	t.v = v
	return nil
}

func (t *thing) Close() error {
	alive--
	return nil
}

// program implements tenon:async-resources/things.
type program struct{}

func (program) NewThing(v uint32) things.Thing { return newThing(v) }

func (program) ThingMerge(_ context.Context, list []things.Thing) (things.Thing, error) {
	wit.Yield()
	var sum uint32
	for _, t := range list {
		sum += t.GetNow()
	}
	// They are ours: nobody closes them.
	alive -= uint32(len(list))
	return newThing(sum), nil
}

func (program) ThingAlive() uint32 { return alive }
