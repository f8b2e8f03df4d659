package message

import (
	"context"
	"io"
	"net/http"
	"sync"

	"tenon.dev/go/wasi/http/v0.3/types"
	"tenon.dev/go/wit"
)

// Trailers is the future that follows a body.
type Trailers = wit.Future[wit.Option[*types.Fields]]

// A Body is an incoming body as net/http wants it. At its end the trailers are
// read.
type Body struct {
	ctx      context.Context
	stream   *wit.ByteReader
	trailers *Trailers
	received *wit.Promise[struct{}] // tells the sender how it went
	trailer  *http.Header           // where the trailers go
	close    sync.Once
	err      error // what every further Read gives
}

// NewBody is the body that consume starts to receive. Reading ends when ctx
// does. Trailers are put into trailer when the end has been read.
func NewBody(ctx context.Context, trailer *http.Header, consume func(received *wit.Future[struct{}]) (*wit.ByteReader, *Trailers)) *Body {
	promise, received := wit.NewFuture(func() (struct{}, error) { return struct{}{}, nil })
	stream, trailers := consume(received)
	return &Body{ctx: ctx, stream: stream, trailers: trailers, received: promise, trailer: trailer}
}

// Read implements io.Reader. The error at a body that broke off is a wasi:http
// error code.
func (b *Body) Read(buf []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.stream.ReadContext(b.ctx, buf)
	if err == io.EOF && n == 0 {
		err = b.end()
	}
	b.err = err
	if n > 0 {
		return n, nil
	}
	return 0, err
}

// end reads the trailers, which say whether the body was whole.
func (b *Body) end() error {
	trailers, err := b.trailers.Await(b.ctx)
	if err != nil {
		return err
	}
	if f, ok := trailers.Get(); ok {
		*b.trailer = Header(f)
	}
	return io.EOF
}

// Close stops reading: the sender learns that nobody listens.
func (b *Body) Close() error {
	b.close.Do(func() {
		b.stream.Close()
		b.trailers.Close()
		b.received.Close()
		if b.err == nil {
			b.err = http.ErrBodyReadAfterClose
		}
	})
	return nil
}

// ContentLength is the length that h declares, or -1.
func ContentLength(h http.Header) int64 {
	text := h.Get("Content-Length")
	if text == "" {
		return -1
	}
	var n int64
	for _, c := range []byte(text) {
		if c < '0' || c > '9' || n > 1<<58 {
			return -1
		}
		n = 10*n + int64(c-'0')
	}
	return n
}

// InternalError is the error code that carries a text.
func InternalError(text string) types.ErrorCode {
	return types.ErrorCodeInternalError{Value: wit.Some(text)}
}
