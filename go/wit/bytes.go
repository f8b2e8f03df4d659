package wit

import (
	"context"
	"io"

	"tenon.dev/go/abi"
)

// A ByteReader is the readable end of a stream<u8>.
type ByteReader struct {
	r *StreamReader[byte]
}

// A ByteWriter is the writable end of a stream<u8> that NewByteStream made.
type ByteWriter struct {
	w *StreamWriter[byte]
}

var (
	_ io.ReadCloser  = (*ByteReader)(nil)
	_ io.WriterTo    = (*ByteReader)(nil)
	_ io.WriteCloser = (*ByteWriter)(nil)
	_ io.ReaderFrom  = (*ByteWriter)(nil)
)

// copyBuffer is the size of the chunks that WriteTo and ReadFrom move.
const copyBuffer = 64 << 10

// NewByteStream makes a stream of bytes. Nothing is buffered: a write ends when
// its bytes have been read.
func NewByteStream() (*ByteWriter, *ByteReader) {
	w, r := NewStream[byte]()
	return &ByteWriter{w}, &ByteReader{r}
}

// Read implements io.Reader.
func (r *ByteReader) Read(buf []byte) (int, error) {
	return r.ReadContext(context.Background(), buf)
}

// ReadContext is Read, given up when ctx ends.
func (r *ByteReader) ReadContext(ctx context.Context, buf []byte) (int, error) {
	if r == nil {
		return 0, ErrClosed
	}
	return r.r.ReadContext(ctx, buf)
}

// WriteTo implements io.WriterTo: it copies the stream to w until it ends.
func (r *ByteReader) WriteTo(w io.Writer) (int64, error) {
	return io.CopyBuffer(w, struct{ io.Reader }{r}, make([]byte, copyBuffer))
}

// Close gives up reading: the writer learns that nobody listens.
func (r *ByteReader) Close() error {
	if r == nil {
		return nil
	}
	return r.r.Close()
}

// Write implements io.Writer: it waits until all of data has been read.
func (w *ByteWriter) Write(data []byte) (int, error) { return w.w.Write(data) }

// WriteContext is Write, given up when ctx ends.
func (w *ByteWriter) WriteContext(ctx context.Context, data []byte) (int, error) {
	return w.w.WriteContext(ctx, data)
}

// ReadFrom implements io.ReaderFrom: it copies r to the stream until r ends.
func (w *ByteWriter) ReadFrom(r io.Reader) (int64, error) {
	return io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, copyBuffer))
}

// Ready waits until the reader asks for bytes; see StreamWriter.Ready.
func (w *ByteWriter) Ready(ctx context.Context) error { return w.w.Ready(ctx) }

// Close ends the stream.
func (w *ByteWriter) Close() error { return w.w.Close() }

// A ByteStreamType is what generated code knows of stream<u8>.
type ByteStreamType struct {
	abi.StreamBuiltins
}

func (t *ByteStreamType) stream() *StreamType[byte] {
	return &StreamType[byte]{StreamBuiltins: t.StreamBuiltins}
}

// LiftReader takes over the readable end with the given handle.
func (t *ByteStreamType) LiftReader(handle uint32) *ByteReader {
	return &ByteReader{t.stream().LiftReader(handle)}
}

// GiveReader passes r on; the result is its handle. When what c records is not
// taken, r is usable again.
func (t *ByteStreamType) GiveReader(c *abi.Call, r *ByteReader) uint32 {
	if r == nil {
		panic("tenon: a nil stream was passed to a call")
	}
	return t.stream().GiveReader(c, r.r)
}
