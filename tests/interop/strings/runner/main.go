// Command runner passes and receives texts: empty, long, and in many scripts.
package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/interop/strings/runner/wit/export/runner"
	"example.com/interop/strings/runner/wit/test/strings/totest"
)

type program struct{}

func (program) Run() {
	totest.TakeBasic("latin utf16")
	if got := totest.ReturnEmpty(); got != "" {
		panic(fmt.Sprintf("return-empty: %q", got))
	}
	beyond := func(r rune) bool { return r > unicode.MaxASCII }
	text := totest.ReturnUnicode()
	if !utf8.ValidString(text) || !strings.ContainsFunc(text, beyond) {
		panic(fmt.Sprintf("return-unicode: %q", text))
	}
	for _, s := range []string{
		"", "a", "latin utf16", "with\x00zeros\x00", "\u00e4\u00df\u00e9", "\u202eright to left", "\u4f60\u597d",
		"\U0001F469\u200d\U0001F680", "\U0010FFFF", text, strings.Repeat("0123456789abcdef", 50_000), strings.Repeat(text, 1000),
	} {
		if got := totest.Roundtrip(s); got != s {
			panic(fmt.Sprintf("roundtrip of %.40q: %.40q", s, got))
		}
	}
	// A part of a string is passed as the part that it is.
	for i := range 5 {
		if got := totest.Roundtrip("abcdef"[i : i+1]); got != "abcdef"[i:i+1] {
			panic(fmt.Sprintf("roundtrip of one letter: %q", got))
		}
	}
}

func init() { runner.Export(program{}) }

func main() {}
