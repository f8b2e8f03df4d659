// Command runner sends maps there and back: empty, large, nested, and inside
// of other types.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"

	"example.com/interop/map/runner/wit/export/runner"
	"example.com/interop/map/runner/wit/test/maps/totest"
	"tenon.dev/go/wit"
)

type program struct{}

func (program) Run() {
	names := totest.NamesByID{0: "", 1: "uno", 2: "two", 42: "\u56db\u5341\u4e8c \U0001F680", math.MaxUint32: "last"}
	ids := totest.IDsByName{"": 0, "uno": 1, "two": 2, "\u56db\u5341\u4e8c \U0001F680": 42, "last": math.MaxUint32}
	blobs := totest.BytesByName{"hello": []byte("world"), "": {}, "bin": {0, 0x80, 0xff}, "big": make([]byte, 100_000)}

	same("named-roundtrip", totest.NamedRoundtrip(names), ids)
	same("inline-roundtrip", totest.InlineRoundtrip(names), ids)
	sameBytes("bytes-roundtrip", totest.BytesRoundtrip(blobs), blobs)
	gotIDs, gotBlobs := totest.MultiParamRoundtrip(names, blobs)
	same("multi-param-roundtrip's first", gotIDs, ids)
	sameBytes("multi-param-roundtrip's second", gotBlobs, blobs)

	same("empty-roundtrip", totest.EmptyRoundtrip(nil), totest.NamesByID{})
	same("empty-roundtrip", totest.EmptyRoundtrip(totest.NamesByID{}), totest.NamesByID{})
	same("single-entry-roundtrip", totest.SingleEntryRoundtrip(totest.NamesByID{9: "nine"}), totest.NamesByID{9: "nine"})
	large := make(totest.NamesByID)
	for i := range uint32(10_000) {
		large[i*2654435761] = fmt.Sprint("name ", i)
	}
	same("large-roundtrip", totest.LargeRoundtrip(large), large)

	options := map[string]wit.Option[uint32]{"some": wit.Some[uint32](0), "none": wit.None[uint32](), "more": wit.Some[uint32](7)}
	same("option-roundtrip", totest.OptionRoundtrip(options), options)
	nested(names)
	insideOthers(names)
}

func nested(names totest.NamesByID) {
	want := map[string]map[uint32]string{"names": names, "none": {}, "one": {1: "one"}}
	got := totest.NestedRoundtrip(want)
	if !maps.EqualFunc(got, want, maps.Equal) {
		panic(fmt.Sprintf("nested-roundtrip: %v, not %v", got, want))
	}
}

func insideOthers(names totest.NamesByID) {
	entry := totest.RecordRoundtrip(totest.LabeledEntry{Label: "label", Values: names})
	if entry.Label != "label" {
		panic(fmt.Sprintf("record-roundtrip: the label is %q", entry.Label))
	}
	same("record-roundtrip", entry.Values, names)

	asMap, ok := totest.VariantRoundtrip(totest.MapOrStringAsMap{Value: names}).(totest.MapOrStringAsMap)
	if !ok {
		panic("variant-roundtrip: a map does not come back as one")
	}
	same("variant-roundtrip", asMap.Value, names)
	if got := totest.VariantRoundtrip(totest.MapOrStringAsString{Value: "text"}); got != (totest.MapOrString)(totest.MapOrStringAsString{Value: "text"}) {
		panic(fmt.Sprintf("variant-roundtrip: %v instead of a text", got))
	}

	got, err := totest.ResultRoundtrip(wit.Ok[totest.NamesByID, string](names))
	if err != nil {
		panic(fmt.Sprintf("result-roundtrip: %v instead of a map", err))
	}
	same("result-roundtrip", got, names)
	_, err = totest.ResultRoundtrip(wit.Err[totest.NamesByID]("bad input"))
	var problem *wit.Error[string]
	if !errors.As(err, &problem) || problem.Value != "bad input" {
		panic(fmt.Sprintf("result-roundtrip: %v instead of an error", err))
	}

	got, number := totest.TupleRoundtrip(wit.Tuple2[totest.NamesByID, uint64]{F0: names, F1: math.MaxUint64})
	same("tuple-roundtrip", got, names)
	if number != math.MaxUint64 {
		panic(fmt.Sprintf("tuple-roundtrip: the number is %d", number))
	}
}

func same[K, V comparable](what string, got, want map[K]V) {
	if !maps.Equal(got, want) {
		panic(fmt.Sprintf("%s: %.200v, not %.200v", what, got, want))
	}
}

func sameBytes(what string, got, want totest.BytesByName) {
	if !maps.EqualFunc(got, want, bytes.Equal) {
		panic(fmt.Sprintf("%s: %.200v, not %.200v", what, got, want))
	}
}

func init() { runner.Export(program{}) }

func main() {}
