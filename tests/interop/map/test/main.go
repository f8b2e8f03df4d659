// Command test returns maps, some of them the other way round.
package main

import (
	"errors"

	"example.com/interop/map/test/wit/export/test/maps/totest"
	"tenon.dev/go/wit"
)

type toTest struct{}

func (toTest) NamedRoundtrip(a totest.NamesByID) totest.IDsByName { return inverted(a) }

func (toTest) BytesRoundtrip(a totest.BytesByName) totest.BytesByName { return a }

func (toTest) EmptyRoundtrip(a totest.NamesByID) totest.NamesByID { return a }

func (toTest) OptionRoundtrip(a map[string]wit.Option[uint32]) map[string]wit.Option[uint32] {
	return a
}

func (toTest) RecordRoundtrip(a totest.LabeledEntry) totest.LabeledEntry { return a }

func (toTest) InlineRoundtrip(a map[uint32]string) map[string]uint32 { return inverted(a) }

func (toTest) LargeRoundtrip(a totest.NamesByID) totest.NamesByID { return a }

func (toTest) MultiParamRoundtrip(a totest.NamesByID, b totest.BytesByName) (totest.IDsByName, totest.BytesByName) {
	return inverted(a), b
}

func (toTest) NestedRoundtrip(a map[string]map[uint32]string) map[string]map[uint32]string { return a }

func (toTest) VariantRoundtrip(a totest.MapOrString) totest.MapOrString { return a }

func (toTest) ResultRoundtrip(a wit.Result[totest.NamesByID, string]) (totest.NamesByID, error) {
	names, problem, ok := a.Get()
	if !ok {
		return nil, errors.New(problem)
	}
	return names, nil
}

func (toTest) TupleRoundtrip(a wit.Tuple2[totest.NamesByID, uint64]) (totest.NamesByID, uint64) {
	return a.F0, a.F1
}

func (toTest) SingleEntryRoundtrip(a totest.NamesByID) totest.NamesByID { return a }

func inverted(names map[uint32]string) map[string]uint32 {
	ids := make(map[string]uint32, len(names))
	for id, name := range names {
		ids[name] = id
	}
	return ids
}

func init() { totest.Export(toTest{}) }

func main() {}
