package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for _, test := range []struct {
		names []string
		in    string
		shout bool
		want  string
	}{
		{names: []string{"gopher"}, want: "Hello, gopher!\n"},
		{names: []string{"gopher"}, shout: true, want: "HELLO, GOPHER!\n"},
		{in: "Ada\nGrace\n", want: "Hello, Ada!\nHello, Grace!\n"},
	} {
		var out strings.Builder
		if err := run(&out, strings.NewReader(test.in), test.names, test.shout); err != nil {
			t.Fatal(err)
		}
		if out.String() != test.want {
			t.Errorf("run(%q, %q): got %q, want %q", test.names, test.in, out.String(), test.want)
		}
	}
}
