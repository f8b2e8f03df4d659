// The program uses what WASI 0.3 has beside HTTP: files, sockets and standard streams.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"tenon.dev/go/wasi/cli/v0.3/stdin"
	"tenon.dev/go/wasi/cli/v0.3/stdout"
	_ "tenon.dev/go/wasicli"
	"tenon.dev/go/wit"
)

func main() {
	ctx := context.Background()
	var err error
	switch os.Args[1] {
	case "files":
		err = files(ctx)
	case "sockets":
		err = sockets(ctx)
	case "copy":
		err = copyAll(ctx)
	case "line":
		err = oneLine(ctx)
	}
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// copyAll passes standard input on as it is.
func copyAll(ctx context.Context) error {
	data, end := stdin.ReadViaStream()
	written := stdout.WriteViaStream(data)
	if _, err := written.Await(ctx); err != nil {
		return err
	}
	_, err := end.Await(ctx)
	return err
}

// oneLine reads no more than it needs.
func oneLine(ctx context.Context) error {
	data, end := stdin.ReadViaStream()
	var line []byte
	for b := make([]byte, 1); ; {
		if _, err := io.ReadFull(data, b); err != nil {
			return err
		}
		line = append(line, b...)
		if b[0] == '\n' {
			break
		}
	}
	data.Close()
	if _, err := end.Await(ctx); err != nil {
		return err
	}
	w, r := wit.NewByteStream()
	written := stdout.WriteViaStream(r)
	if _, err := w.Write(line); err != nil {
		return err
	}
	w.Close()
	_, err := written.Await(ctx)
	return err
}
