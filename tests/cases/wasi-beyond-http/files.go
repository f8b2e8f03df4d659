package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	clocks "tenon.dev/go/wasi/clocks/v0.3/systemclock"
	"tenon.dev/go/wasi/filesystem/v0.3/preopens"
	"tenon.dev/go/wasi/filesystem/v0.3/types"
	"tenon.dev/go/wit"
)

const (
	read   = types.DescriptorFlagsRead
	write  = types.DescriptorFlagsWrite
	create = types.OpenFlagsCreate
	follow = types.PathFlagsSymlinkFollow
	big    = 1 << 20
)

type tree struct {
	*types.Descriptor
	ctx context.Context
}

// open opens a file, and ends the program if that cannot be.
func (t tree) open(path string, flags types.OpenFlags, how types.DescriptorFlags) *types.Descriptor {
	f, err := t.OpenAt(t.ctx, follow, path, flags, how)
	if err != nil {
		panic(fmt.Sprintf("open %s: %v", path, err))
	}
	return f
}

// fill writes text into a stream.
func fill(text []byte) *wit.ByteReader {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		w.Write(text)
	}()
	return r
}

func (t tree) put(path string, text []byte) error {
	f := t.open(path, create|types.OpenFlagsTruncate, write)
	// What is written goes on without the descriptor.
	done := f.WriteViaStream(fill(text), 0)
	f.Close()
	_, err := done.Await(t.ctx)
	return err
}

func (t tree) get(path string, offset types.Filesize) (string, error) {
	f := t.open(path, 0, read)
	data, end := f.ReadViaStream(offset)
	f.Close()
	defer data.Close()
	text, err := io.ReadAll(data)
	if err != nil {
		return "", err
	}
	_, err = end.Await(t.ctx)
	return string(text), err
}

func files(ctx context.Context) error {
	given := preopens.GetDirectories()[0]
	fmt.Println("given:", given.F1)
	defer given.F0.Close()
	if err := given.F0.CreateDirectoryAt(ctx, "work"); err != nil {
		return err
	}
	whole := tree{ctx: ctx, Descriptor: given.F0}
	t := tree{ctx: ctx, Descriptor: whole.open("work", types.OpenFlagsDirectory, read|types.DescriptorFlagsMutateDirectory)}
	defer t.Close()
	for _, step := range []func(tree) error{
		together, appending, places, times, directories, links, sizes, refusals, early,
	} {
		if err := step(t); err != nil {
			return err
		}
	}
	return granted(whole)
}

// together writes two files at the same time, and reads them at the same time.
func together(t tree) error {
	names := []string{"a", "b"}
	each := func(do func(name string) error) error {
		results := make(chan error)
		for _, name := range names {
			go func() { results <- do(name) }()
		}
		for range names {
			if err := <-results; err != nil {
				return err
			}
		}
		return nil
	}
	if err := each(func(name string) error { return t.put(name, bytes.Repeat([]byte(name), big)) }); err != nil {
		return err
	}
	err := each(func(name string) error {
		text, err := t.get(name, 0)
		if err == nil && text != strings.Repeat(name, big) {
			err = fmt.Errorf("%s has %d bytes, %d of them its own", name, len(text), strings.Count(text, name))
		}
		return err
	})
	fmt.Println("two files at the same time:", err)
	return err
}

func appending(t tree) error {
	f := t.open("log", create, write)
	defer f.Close()
	for _, text := range []string{"one\n", "two\n"} {
		if _, err := f.AppendViaStream(fill([]byte(text))).Await(t.ctx); err != nil {
			return err
		}
	}
	text, err := t.get("log", 0)
	fmt.Printf("appended: %q\n", text)
	return err
}

func places(t tree) error {
	f := t.open("log", 0, write)
	defer f.Close()
	if _, err := f.WriteViaStream(fill([]byte("2")), 4).Await(t.ctx); err != nil {
		return err
	}
	middle, err := t.get("log", 3)
	if err != nil {
		return err
	}
	beyond, err := t.get("log", 100)
	fmt.Printf("from 3: %q; from 100: %q\n", middle, beyond)
	return err
}

func times(t tree) error {
	at := func(seconds int64) types.NewTimestamp {
		return types.NewTimestampTimestamp{Value: clocks.Instant{Seconds: seconds, Nanoseconds: 500_000_000}}
	}
	f := t.open("log", 0, write)
	defer f.Close()
	show := func(what string) error {
		stat, err := f.Stat(t.ctx)
		access, _ := stat.DataAccessTimestamp.Get()
		modified, _ := stat.DataModificationTimestamp.Get()
		fmt.Println(what, access.Seconds, modified.Seconds)
		return err
	}
	if err := f.SetTimes(t.ctx, at(1_000_000_000), at(1_100_000_000)); err != nil {
		return err
	}
	if err := show("times of the file:"); err != nil {
		return err
	}
	if err := t.SetTimesAt(t.ctx, follow, "log", types.NewTimestampNoChange{}, at(1_200_000_000)); err != nil {
		return err
	}
	if err := show("times by path:"); err != nil {
		return err
	}
	if err := f.SetTimes(t.ctx, at(1_300_000_000), types.NewTimestampNow{}); err != nil {
		return err
	}
	stat, err := f.Stat(t.ctx)
	modified, _ := stat.DataModificationTimestamp.Get()
	off := clocks.Now().Seconds - modified.Seconds
	fmt.Println("now is now:", -10 < off && off < 10)
	return err
}

func name(kind types.DescriptorType) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", kind), "types.DescriptorType")
}

func (t tree) list(d *types.Descriptor) (string, error) {
	entries, end := d.ReadDirectory()
	defer entries.Close()
	var names []string
	for entry := range entries.All() {
		names = append(names, entry.Name+" "+name(entry.Type))
	}
	slices.Sort(names)
	_, err := end.Await(t.ctx)
	return strings.Join(names, ", "), err
}

func directories(t tree) error {
	if err := t.CreateDirectoryAt(t.ctx, "sub"); err != nil {
		return err
	}
	if err := t.put("sub/inner", []byte("text")); err != nil {
		return err
	}
	all, err := t.list(t.Descriptor)
	if err != nil {
		return err
	}
	sub := t.open("sub", types.OpenFlagsDirectory, read|types.DescriptorFlagsMutateDirectory)
	defer sub.Close()
	inner, err := t.list(sub)
	fmt.Printf("directories: %s; %s\n", all, inner)
	if err != nil {
		return err
	}
	fmt.Println("not empty:", t.RemoveDirectoryAt(t.ctx, "sub"))
	if err := t.RenameAt(t.ctx, "sub/inner", t.Descriptor, "outer"); err != nil {
		return err
	}
	if err := t.RenameAt(t.ctx, "outer", sub, "again"); err != nil {
		return err
	}
	if err := sub.UnlinkFileAt(t.ctx, "again"); err != nil {
		return err
	}
	return t.RemoveDirectoryAt(t.ctx, "sub")
}

func links(t tree) error {
	if err := t.LinkAt(t.ctx, 0, "log", t.Descriptor, "hard"); err != nil {
		return err
	}
	if err := t.SymlinkAt(t.ctx, "log", "soft"); err != nil {
		return err
	}
	target, err := t.ReadlinkAt(t.ctx, "soft")
	if err != nil {
		return err
	}
	soft, err := t.StatAt(t.ctx, 0, "soft")
	if err != nil {
		return err
	}
	one, two, other := t.open("log", 0, read), t.open("hard", 0, read), t.open("a", 0, read)
	same, err := one.IsSameObject(t.ctx, two)
	if err != nil {
		return err
	}
	differ, err := one.IsSameObject(t.ctx, other)
	if err != nil {
		return err
	}
	hash, err := one.MetadataHash(t.ctx)
	if err != nil {
		return err
	}
	by, err := t.MetadataHashAt(t.ctx, follow, "soft")
	fmt.Printf("links: %s %s %t %t %t\n", target, name(soft.Type), same, differ, hash == by)
	return err
}

func sizes(t tree) error {
	f := t.open("hard", 0, read|write)
	defer f.Close()
	if err := f.SetSize(t.ctx, 3); err != nil {
		return err
	}
	if err := f.SyncData(t.ctx); err != nil {
		return err
	}
	if err := f.Sync(t.ctx); err != nil {
		return err
	}
	if err := f.Advise(t.ctx, 0, 0, types.AdviceSequential); err != nil {
		return err
	}
	stat, err := f.Stat(t.ctx)
	if err != nil {
		return err
	}
	flags, err := f.GetFlags(t.ctx)
	if err != nil {
		return err
	}
	kind, err := f.GetType(t.ctx)
	text, _ := t.get("log", 0)
	fmt.Printf("sizes: %d %d %v %s %q\n", stat.Size, stat.LinkCount, flags, name(kind), text)
	return err
}

func refusals(t tree) error {
	try := func(path string, flags types.OpenFlags) error {
		f, err := t.OpenAt(t.ctx, follow, path, flags, read)
		if err == nil {
			f.Close()
		}
		return err
	}
	fmt.Println("missing:", try("missing", 0))
	fmt.Println("exclusive:", try("log", create|types.OpenFlagsExclusive))
	fmt.Println("no directory:", try("log", types.OpenFlagsDirectory))
	fmt.Println("outside:", try("../log", 0), t.SymlinkAt(t.ctx, "/etc", "etc"))

	reader, writer := t.open("log", 0, read), t.open("log", 0, write)
	defer reader.Close()
	defer writer.Close()
	_, err := reader.WriteViaStream(fill([]byte("text")), 0).Await(t.ctx)
	fmt.Println("written to a reader:", err)
	data, end := writer.ReadViaStream(0)
	io.ReadAll(data)
	_, err = end.Await(t.ctx)
	fmt.Println("read from a writer:", err)
	data, end = t.ReadViaStream(0)
	io.ReadAll(data)
	_, err = end.Await(t.ctx)
	fmt.Println("read from a directory:", err)
	return nil
}

// early stops reading in the middle.
func early(t tree) error {
	f := t.open("a", 0, read)
	defer f.Close()
	data, end := f.ReadViaStream(0)
	n, err := io.ReadFull(data, make([]byte, 10))
	if err != nil {
		return err
	}
	data.Close()
	_, err = end.Await(t.ctx)
	fmt.Println("early:", n, err)

	entries, end := t.ReadDirectory()
	entries.Close()
	_, err = end.Await(t.ctx)
	fmt.Println("no entries:", err)
	return err
}

func granted(t tree) error {
	stat, err := t.Stat(t.ctx)
	if err != nil {
		return err
	}
	flags, err := t.GetFlags(t.ctx)
	if err != nil {
		return err
	}
	all, err := t.list(t.Descriptor)
	fmt.Printf("granted: %s %t %t %t\n", name(stat.Type), flags.Has(read), flags.Has(types.DescriptorFlagsMutateDirectory),
		strings.Contains(all, "work Directory"))
	return err
}
