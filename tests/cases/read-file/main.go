package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"tenon.dev/go/wasi/filesystem/v0.3/preopens"
	"tenon.dev/go/wasi/filesystem/v0.3/types"
	_ "tenon.dev/go/wasicli"
)

func main() {
	for _, granted := range preopens.GetDirectories() {
		dir, name := granted.F0, granted.F1
		defer dir.Close()
		for _, path := range os.Args[1:] {
			text, err := read(context.Background(), dir, path)
			fmt.Printf("%s %s: %q %v %t\n", name, path, text, err, errors.Is(err, types.ErrorCodeNoEntry{}))
		}
	}
}

// read is what the package comment of wasi:filesystem/types shows.
func read(ctx context.Context, dir *types.Descriptor, path string) (string, error) {
	file, err := dir.OpenAt(ctx, 0, path, 0, types.DescriptorFlagsRead)
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, end := file.ReadViaStream(0)
	defer data.Close()
	text, err := io.ReadAll(data)
	if err != nil {
		return "", err
	}
	if _, err := end.Await(ctx); err != nil {
		return "", err
	}
	return string(text), nil
}
