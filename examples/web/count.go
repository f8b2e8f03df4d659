package main

import (
	"unicode"
	"unicode/utf8"

	"example.com/web/wit/export/example/studio/v1/markdown"
)

// A counter counts text that comes in pieces, which may end within a rune.
type counter struct {
	bytes, words, breaks uint64
	// What the text so far ends with.
	inWord, inLine bool
	rest           []byte
}

func (c *counter) add(piece []byte) {
	c.bytes += uint64(len(piece))
	text := append(c.rest, piece...)
	for utf8.FullRune(text) {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		space := unicode.IsSpace(r)
		if !space && !c.inWord {
			c.words++
		}
		if r == '\n' {
			c.breaks++
		}
		c.inWord, c.inLine = !space, r != '\n'
	}
	c.rest = append([]byte(nil), text...)
}

func (c *counter) counts() markdown.Counts {
	counts := markdown.Counts{Bytes: c.bytes, Words: c.words, Lines: c.breaks}
	if c.inLine {
		counts.Lines++
	}
	return counts
}
