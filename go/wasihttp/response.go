package wasihttp

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"

	"tenon.dev/go/wasi/http/v0.3/types"
	"tenon.dev/go/wasihttp/internal/message"
	"tenon.dev/go/wit"
)

// headBuffer is how much of a body is held back before the head is sent, so
// that a short answer gets its Content-Length, as in net/http.
const headBuffer = 4 << 10

// A head is what the exported function returns.
type head struct {
	response *types.Response
	err      error
}

// A responseWriter is net/http's, on a wasi:http response. The head goes out
// when the buffer is full, at Flush, and at the handler's end.
type responseWriter struct {
	ctx    context.Context
	end    context.CancelCauseFunc
	head   chan head
	isHead bool // the request's method is HEAD

	header    http.Header
	status    int
	declared  int64 // the Content-Length that the handler set, or -1
	written   int64
	buffered  []byte
	committed bool
	failed    error // why the head could not be sent
	ended     bool  // the handler has returned

	body     *wit.ByteWriter
	trailers *wit.Promise[wit.Option[*types.Fields]]
	probe    probe
}

var (
	_ http.Flusher    = (*responseWriter)(nil)
	_ io.StringWriter = (*responseWriter)(nil)
	_ io.ReaderFrom   = (*responseWriter)(nil)
)

func newResponseWriter(ctx context.Context, end context.CancelCauseFunc, isHead bool) *responseWriter {
	return &responseWriter{
		ctx: ctx, end: end, isHead: isHead,
		head:     make(chan head, 1),
		header:   http.Header{},
		declared: -1,
	}
}

// Header implements http.ResponseWriter.
func (w *responseWriter) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter. wasi:http has no informational
// responses, so 1xx codes are dropped.
func (w *responseWriter) WriteHeader(status int) {
	if status < 100 || status > 999 {
		panic("wasihttp: invalid WriteHeader code " + strconv.Itoa(status))
	}
	if w.status != 0 {
		log.Printf("wasihttp: superfluous WriteHeader(%d) after %d", status, w.status)
		return
	}
	if status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.status = status
	// What the handler changes in its header from here on is for the trailers.
	w.declared = message.ContentLength(w.header)
}

// bodyAllowed reports whether the response's status has a body.
func (w *responseWriter) bodyAllowed() bool {
	return w.status >= 200 && w.status != http.StatusNoContent && w.status != http.StatusNotModified
}

// Write implements http.ResponseWriter.
func (w *responseWriter) Write(data []byte) (int, error) {
	if err := w.admit(len(data)); err != nil {
		return 0, err
	}
	if w.isHead {
		if !w.committed {
			w.sniff(data)
		}
		return len(data), nil
	}
	if !w.committed {
		if len(w.buffered)+len(data) <= headBuffer {
			w.buffered = append(w.buffered, data...)
			return len(data), nil
		}
		w.sniff(data)
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	return w.send(data)
}

// WriteString implements io.StringWriter.
func (w *responseWriter) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// ReadFrom implements io.ReaderFrom. A body that arrives slowly is passed on as
// it comes.
func (w *responseWriter) ReadFrom(r io.Reader) (int64, error) {
	return io.CopyBuffer(struct{ io.Writer }{w}, r, make([]byte, 64<<10))
}

// admit counts n bytes of body, if there may be that many.
func (w *responseWriter) admit(n int) error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.bodyAllowed() {
		return http.ErrBodyNotAllowed
	}
	w.written += int64(n)
	if w.declared >= 0 && w.written > w.declared {
		return http.ErrContentLength
	}
	return nil
}

// sniff sets the Content-Type, if the handler has not, from the body's start.
func (w *responseWriter) sniff(more []byte) {
	if _, set := w.header["Content-Type"]; set || w.header.Get("Content-Encoding") != "" || !w.bodyAllowed() {
		return
	}
	if start := append(w.buffered[:len(w.buffered):len(w.buffered)], more...); len(start) > 0 {
		w.header.Set("Content-Type", http.DetectContentType(start))
	}
}

// Flush implements http.Flusher.
func (w *responseWriter) Flush() { _ = w.FlushError() }

// FlushError is Flush for an http.ResponseController.
func (w *responseWriter) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.sniff(nil)
	return w.flush()
}

// EnableFullDuplex is for an http.ResponseController: reading the request while
// the response is written always works.
func (w *responseWriter) EnableFullDuplex() error { return nil }

// flush sends the head, if that is still to be done, and what is buffered.
func (w *responseWriter) flush() error {
	if err := w.commit(); err != nil {
		return err
	}
	if len(w.buffered) == 0 {
		return nil
	}
	_, err := w.send(w.buffered)
	w.buffered = nil
	return err
}

// send writes to the body stream. When nobody listens any more, the request's
// context ends.
func (w *responseWriter) send(data []byte) (int, error) {
	if w.failed != nil {
		return 0, w.failed
	}
	w.probe.pause()
	defer w.probe.resume()
	n, err := w.body.WriteContext(w.ctx, data)
	if errors.Is(err, io.ErrClosedPipe) {
		w.end(errDisconnected)
	}
	return n, err
}

var errDisconnected = errors.New("wasihttp: the client has disconnected")

// commit makes the response and lets the exported function return it. It is
// tried once.
func (w *responseWriter) commit() error {
	if w.committed {
		return w.failed
	}
	w.committed = true
	if w.failed = context.Cause(w.ctx); w.failed != nil {
		return w.failed
	}
	response, err := w.build()
	if err != nil {
		log.Printf("wasihttp: the response's header: %v", err)
		w.failed = err
		w.head <- head{err: message.InternalError(err.Error())}
		return err
	}
	w.head <- head{response: response}
	return nil
}

// build makes the response with its body stream and its trailers to come.
func (w *responseWriter) build() (*types.Response, error) {
	fields, err := message.Answer(w.headFields())
	if err != nil {
		return nil, err
	}
	var contents wit.Option[*wit.ByteReader]
	trailers := wit.Resolved(wit.None[*types.Fields](), nil)
	if w.bodyAllowed() && !w.isHead {
		var r *wit.ByteReader
		w.body, r = wit.NewByteStream()
		contents = wit.Some(r)
		w.trailers, trailers = wit.NewFuture(func() (wit.Option[*types.Fields], error) {
			return wit.None[*types.Fields](), message.InternalError("the response was not finished")
		})
	}
	response, sent := types.NewResponse(fields, contents, trailers)
	if response.SetStatusCode(uint16(w.status)) != nil {
		return nil, errors.New("status " + strconv.Itoa(w.status) + " is not valid")
	}
	if !w.ended {
		go w.watch(sent)
		if w.body != nil {
			go w.probe.run(w)
		}
	} else {
		sent.Close()
	}
	return response, nil
}

// watch ends the request's context when the host could not send the response.
func (w *responseWriter) watch(sent *wit.Future[struct{}]) {
	defer sent.Close()
	if _, err := sent.Await(context.Background()); err != nil {
		w.end(errDisconnected)
	}
}

// headFields is the header without the trailers. net/http has two ways to name
// those: the Trailer field, and a prefix.
func (w *responseWriter) headFields() http.Header {
	head := w.header.Clone()
	for _, name := range w.trailerNames() {
		head.Del(name)
	}
	for name := range head {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			delete(head, name)
		}
	}
	return head
}

// trailerNames are the fields that the Trailer field names.
func (w *responseWriter) trailerNames() []string {
	var names []string
	for _, list := range w.header["Trailer"] {
		for _, name := range strings.Split(list, ",") {
			names = append(names, http.CanonicalHeaderKey(strings.TrimSpace(name)))
		}
	}
	return names
}

// trailer is what the handler has set since the head was sent.
func (w *responseWriter) trailer() http.Header {
	trailer := http.Header{}
	for _, name := range w.trailerNames() {
		if values := w.header[name]; len(values) > 0 {
			trailer[name] = values
		}
	}
	for name, values := range w.header {
		if after, ok := strings.CutPrefix(name, http.TrailerPrefix); ok {
			trailer[http.CanonicalHeaderKey(after)] = values
		}
	}
	return trailer
}

// finish completes the response after the handler has returned.
func (w *responseWriter) finish() {
	w.ended = true
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.committed {
		w.sniff(nil)
		if w.bodyAllowed() && w.declared < 0 && len(w.trailer()) == 0 && (!w.isHead || w.written > 0) {
			w.header.Set("Content-Length", strconv.FormatInt(w.written, 10))
		}
	}
	if err := w.flush(); err != nil || w.body == nil {
		w.abandon()
		return
	}
	fields := wit.None[*types.Fields]()
	if trailer := w.trailer(); len(trailer) > 0 {
		f, err := message.Answer(trailer)
		if err != nil {
			log.Printf("wasihttp: the response's trailers: %v", err)
		} else {
			fields = wit.Some(f)
		}
	}
	w.body.Close()
	w.trailers.Resolve(fields)
}

// abort answers for a handler that panicked: with status 500 if the head has
// not been sent, else by breaking the body off.
func (w *responseWriter) abort() {
	if w.committed {
		w.abandon()
		return
	}
	w.header, w.status, w.declared, w.written, w.buffered = http.Header{}, 0, -1, 0, nil
	w.header.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.WriteString(failure)
	w.finish()
}

// abandon ends a response that cannot be finished.
func (w *responseWriter) abandon() {
	if w.body == nil {
		return
	}
	w.trailers.Close()
	w.body.Close()
}
