// Command test returns numbers, and keeps one.
package main

import "example.com/interop/numbers/test/wit/export/test/numbers/numbers"

type keeper struct{ scalar uint32 }

func (*keeper) RoundtripU8(a uint8) uint8 { return a }

func (*keeper) RoundtripS8(a int8) int8 { return a }

func (*keeper) RoundtripU16(a uint16) uint16 { return a }

func (*keeper) RoundtripS16(a int16) int16 { return a }

func (*keeper) RoundtripU32(a uint32) uint32 { return a }

func (*keeper) RoundtripS32(a int32) int32 { return a }

func (*keeper) RoundtripU64(a uint64) uint64 { return a }

func (*keeper) RoundtripS64(a int64) int64 { return a }

func (*keeper) RoundtripF32(a float32) float32 { return a }

func (*keeper) RoundtripF64(a float64) float64 { return a }

func (*keeper) RoundtripChar(a rune) rune { return a }

func (k *keeper) SetScalar(a uint32) { k.scalar = a }

func (k *keeper) GetScalar() uint32 { return k.scalar }

func init() { numbers.Export(&keeper{}) }

func main() {}
