package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"example.com/web/wit/export/example/studio/v1/markdown"
)

// most is how many sections a publication may have.
const most = 1000

const frame = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>%[1]s</title>
<style>body { font: 1.1rem/1.6 Georgia, serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<main>
%[2]s</main>
</html>
`

// A publication is a text on its way to being a page.
type publication struct {
	title       string
	pace        time.Duration
	progress    func(done, total uint32)
	done, total uint32
}

func (p *publication) page(ctx context.Context, source []byte) (string, error) {
	sections := sectionsOf(gfm.Parser().Parse(text.NewReader(source)))
	switch {
	case len(sections) == 0:
		return "", markdown.RefusalEmpty{}
	case len(sections) > most:
		return "", markdown.RefusalTooLong{Value: most}
	}
	p.total = uint32(len(sections))
	var body bytes.Buffer
	for _, nodes := range sections {
		select {
		case <-time.After(p.pace):
		case <-ctx.Done():
			return "", ctx.Err()
		}
		for _, node := range nodes {
			if err := gfm.Renderer().Render(&body, source, node); err != nil {
				return "", fmt.Errorf("rendering to memory: %w", err)
			}
		}
		p.done++
		p.progress(p.done, p.total)
	}
	return fmt.Sprintf(frame, html.EscapeString(p.title), body.String()), nil
}

// sectionsOf divides a document at its headings.
func sectionsOf(document ast.Node) [][]ast.Node {
	var sections [][]ast.Node
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		if node.Kind() == ast.KindHeading || len(sections) == 0 {
			sections = append(sections, nil)
		}
		last := &sections[len(sections)-1]
		*last = append(*last, node)
	}
	return sections
}
