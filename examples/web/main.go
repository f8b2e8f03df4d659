// Command web is a component for web pages: it renders Markdown with an
// ordinary Go library, counts words while they arrive, and does work that
// takes its time and can be cancelled.
package main

import (
	"bytes"
	"context"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"example.com/web/wit/example/studio/v1/desk"
	"example.com/web/wit/export/example/studio/v1/markdown"
	"tenon.dev/go/wit"
)

func init() { markdown.Export(studio{}) }

func main() {}

// pace is how long publishing takes for a section.
const pace = 150 * time.Millisecond

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// studio implements the WIT interface example:studio/markdown.
type studio struct{}

// Render writes to memory, which cannot fail.
func (studio) Render(text string) string {
	var html bytes.Buffer
	if err := gfm.Convert([]byte(text), &html); err != nil {
		panic(err)
	}
	return html.String()
}

// Count returns at once. The goroutine goes on for as long as there is text
// and somebody who wants to know.
func (studio) Count(_ context.Context, text *wit.ByteReader) (*wit.StreamReader[markdown.Counts], error) {
	w, counts := wit.NewStream[markdown.Counts]()
	go func() {
		defer text.Close()
		defer w.Close()
		var c counter
		piece := make([]byte, 64<<10)
		for {
			n, err := text.Read(piece)
			c.add(piece[:n])
			if _, gone := w.Write([]markdown.Counts{c.counts()}); gone != nil || err != nil {
				return
			}
		}
	}()
	return counts, nil
}

// Publish ends when ctx does, which is when the page aborts its call.
func (studio) Publish(ctx context.Context, title, text string) (string, error) {
	p := publication{title: title, pace: pace, progress: desk.Progress}
	page, err := p.page(ctx, []byte(text))
	if ctx.Err() != nil {
		desk.Stopped(p.done, p.total, ctx.Err().Error())
	}
	return page, err
}
