// Package types takes several steps to read a file, which go as follows.
//
// # Reading a file
//
// A path starts at a directory that the host has granted. Package preopens, of
// the same WIT package, lists these with their names:
//
//	for _, granted := range preopens.GetDirectories() {
//		dir, name := granted.F0, granted.F1 // a *types.Descriptor and "/data"
//		…
//	}
//
// From there, a file is opened, read as a stream, and asked how that ended:
//
//	file, err := dir.OpenAt(ctx, 0, "notes.txt", 0, types.DescriptorFlagsRead)
//	if err != nil {
//		return err // errors.Is(err, types.ErrorCodeNoEntry{}): there is none
//	}
//	defer file.Close()
//	data, end := file.ReadViaStream(0)
//	defer data.Close()
//	text, err := io.ReadAll(data)
//	if err != nil {
//		return err
//	}
//	if _, err := end.Await(ctx); err != nil {
//		return err // what kept the host from reading all of it
//	}
//
// Go's package os works as well, unless a program must not block other
// goroutines while it reads.
package types
