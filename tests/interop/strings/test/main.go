// Command test takes, makes and returns texts.
package main

import "example.com/interop/strings/test/wit/export/test/strings/totest"

type toTest struct{}

func (toTest) TakeBasic(string) {}

func (toTest) ReturnUnicode() string {
	return "\U0001F680\U0001F680\U0001F680 \U00020204\U00013000\U00013000"
}

func (toTest) ReturnEmpty() string { return "" }

func (toTest) Roundtrip(s string) string { return s }

func init() { totest.Export(toTest{}) }

func main() {}
