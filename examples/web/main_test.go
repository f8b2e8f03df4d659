package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/web/wit/export/example/studio/v1/markdown"
)

func TestRender(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"# A & B", "<h1>A &amp; B</h1>\n"},
		{"~~a~~ **b**", "<p><del>a</del> <strong>b</strong></p>\n"},
		{"<script>alert(1)</script>", "<!-- raw HTML omitted -->\n"},
		{"[a](javascript:alert(1))", "<p><a href=\"\">a</a></p>\n"},
	} {
		if got := (studio{}).Render(test.text); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

// TestCounts cuts the text everywhere, within runes too.
func TestCounts(t *testing.T) {
	const text = "zwölf Wörter\nund\u00a0mehr — 世界\n\nEnde"
	want := markdown.Counts{Bytes: uint64(len(text)), Words: 7, Lines: 4}
	for cut := range len(text) {
		var c counter
		c.add([]byte(text[:cut]))
		c.add([]byte(text[cut:]))
		if got := c.counts(); got != want {
			t.Errorf("cut at %d: %+v, want %+v", cut, got, want)
		}
	}
}

func TestPublish(t *testing.T) {
	var told []uint32
	p := publication{title: "A <b>", progress: func(done, total uint32) { told = append(told, done, total) }}
	page, err := p.page(context.Background(), []byte("begin\n\n# One\n\na\n\n# Two\n\n[b]\n\n[b]: https://example.com\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"<title>A &lt;b&gt;</title>", "<p>begin</p>", "<h1>One</h1>", `<a href="https://example.com">b</a>`} {
		if !strings.Contains(page, part) {
			t.Errorf("%q is not in %s", part, page)
		}
	}
	if len(told) != 6 || told[4] != 3 || told[5] != 3 {
		t.Errorf("told of %v", told)
	}
}

func TestPublishRefuses(t *testing.T) {
	p := publication{progress: func(done, total uint32) {}}
	if _, err := p.page(context.Background(), nil); err != (markdown.RefusalEmpty{}) {
		t.Error(err)
	}
	long := strings.Repeat("# a\n", most+1)
	if _, err := p.page(context.Background(), []byte(long)); err != (markdown.RefusalTooLong{Value: most}) {
		t.Error(err)
	}
}

func TestPublishEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p := publication{progress: func(done, total uint32) {
		if done == 2 {
			cancel()
		}
	}}
	p.pace = 1
	_, err := p.page(ctx, []byte(strings.Repeat("# a\n\n", 500)))
	if !errors.Is(err, context.Canceled) || p.done == p.total {
		t.Errorf("%v after %d of %d", err, p.done, p.total)
	}
}
