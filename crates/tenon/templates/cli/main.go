// Command PROJECT is a command that runs as a WebAssembly component.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	_ "tenon.dev/go/wasicli" // runs main as the component's wasi:cli/run
)

func main() {
	shout := flag.Bool("shout", false, "say it louder")
	flag.Parse()
	if err := run(os.Stdout, os.Stdin, flag.Args(), *shout); err != nil {
		fmt.Fprintln(os.Stderr, "PROJECT:", err)
		os.Exit(1)
	}
}

// run greets everyone in names, or everyone on a line of in if there are no
// names.
func run(out io.Writer, in io.Reader, names []string, shout bool) error {
	if len(names) == 0 {
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			names = append(names, lines.Text())
		}
		if err := lines.Err(); err != nil {
			return err
		}
	}
	for _, name := range names {
		greeting := fmt.Sprintf("Hello, %s!", name)
		if shout {
			greeting = strings.ToUpper(greeting)
		}
		if _, err := fmt.Fprintln(out, greeting); err != nil {
			return err
		}
	}
	return nil
}
