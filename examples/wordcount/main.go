// Command wordcount counts lines, words and bytes, of files or of standard
// input, as wc does. tenon build makes a WASI command of it.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf8"

	_ "tenon.dev/go/wasicli"
)

// A count is what was counted in one input.
type count struct{ lines, words, bytes int }

func (c *count) add(other count) {
	c.lines += other.lines
	c.words += other.words
	c.bytes += other.bytes
}

func main() {
	onlyWords := flag.Bool("w", false, "print the number of words only")
	flag.Parse()
	show := func(c count, name string) {
		if name != "" {
			name = " " + name
		}
		if *onlyWords {
			fmt.Printf("%d%s\n", c.words, name)
			return
		}
		fmt.Printf("%d %d %d%s\n", c.lines, c.words, c.bytes, name)
	}

	if flag.NArg() == 0 {
		c, err := tally(os.Stdin)
		if err != nil {
			fail(err)
			os.Exit(1)
		}
		show(c, "")
		return
	}

	var total count
	failed := false
	for _, name := range flag.Args() {
		c, err := tallyFile(name)
		if err != nil {
			fail(err)
			failed = true
			continue
		}
		show(c, name)
		total.add(c)
	}
	if flag.NArg() > 1 {
		show(total, "total")
	}
	if failed {
		os.Exit(1)
	}
}

func fail(err error) { fmt.Fprintln(os.Stderr, "wordcount:", err) }

func tallyFile(name string) (count, error) {
	f, err := os.Open(name)
	if err != nil {
		return count{}, err
	}
	defer f.Close()
	return tally(f)
}

// tally counts what r holds.
func tally(r io.Reader) (count, error) {
	var c count
	in := bufio.NewReader(r)
	inWord := false
	for {
		char, size, err := in.ReadRune()
		if err == io.EOF {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		c.bytes += size
		if char == '\n' {
			c.lines++
		}
		space := unicode.IsSpace(char) && char != utf8.RuneError
		if !space && !inWord {
			c.words++
		}
		inWord = !space
	}
}
