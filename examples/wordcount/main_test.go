package main

import (
	"strings"
	"testing"
)

func TestTally(t *testing.T) {
	for text, want := range map[string]count{
		"":                     {},
		"one":                  {0, 1, 3},
		"one two\n":            {1, 2, 8},
		"  a\tb \n\nc":         {2, 3, 9},
		"żółw — turtle\n":      {1, 3, 19},
		"\xff not utf-8 \xff":  {0, 4, 13},
		strings.Repeat("x", 9): {0, 1, 9},
	} {
		if got, err := tally(strings.NewReader(text)); got != want || err != nil {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
	}
}
