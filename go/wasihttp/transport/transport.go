// Package transport sends HTTP requests by wasi:http, which a component's host
// carries out.
package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"tenon.dev/go/wasi/http/v0.3/client"
	"tenon.dev/go/wasi/http/v0.3/types"
	"tenon.dev/go/wasihttp/internal/message"
	"tenon.dev/go/wit"
)

// A Transport is an http.RoundTripper on wasi:http. Its zero value is ready:
//
//	client := &http.Client{Transport: &transport.Transport{}}
//
// Bodies stream both ways. Connections, protocols and TLS are the host's
// business, so there is nothing to set.
type Transport struct{}

var _ http.RoundTripper = (*Transport)(nil)

// An Error is a request that the host could not carry out.
type Error struct {
	Code types.ErrorCode
}

// Error is the code's text.
func (e *Error) Error() string { return "wasi:" + e.Code.Error() }

// Unwrap is the code.
func (e *Error) Unwrap() error { return e.Code }

// Timeout reports that something took too long, as net.Error does.
func (e *Error) Timeout() bool {
	switch e.Code.(type) {
	case types.ErrorCodeDNSTimeout, types.ErrorCodeConnectionTimeout, types.ErrorCodeConnectionReadTimeout,
		types.ErrorCodeConnectionWriteTimeout, types.ErrorCodeHTTPResponseTimeout:
		return true
	}
	return false
}

// Temporary is part of net.Error.
func (e *Error) Temporary() bool { return e.Timeout() }

// RoundTrip implements http.RoundTripper. Ending the request's context ends the
// exchange, its response body included.
func (*Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL == nil || req.URL.Host == "" {
		closeBody(req)
		return nil, errors.New("wasihttp: the request has no host")
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	out, upload, err := newRequest(ctx, req)
	if err != nil {
		closeBody(req)
		cancel(err)
		return nil, err
	}
	if upload != nil {
		go func() {
			if err := upload(); err != nil {
				cancel(fmt.Errorf("wasihttp: sending the body: %w", err))
			}
		}()
	}
	in, err := client.Send(ctx, out)
	if err != nil {
		cancel(nil)
		return nil, explain(err)
	}
	return response(ctx, cancel, req, in), nil
}

// explain gives a failed request's error the form that callers of net/http
// expect.
func explain(err error) error {
	var code types.ErrorCode
	if errors.As(err, &code) {
		return &Error{code}
	}
	return err
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		req.Body.Close()
	}
}

// newRequest makes the outgoing request. upload, if there is a body, sends it.
func newRequest(ctx context.Context, req *http.Request) (out *types.Request, upload func() error, err error) {
	header := req.Header
	if req.ContentLength > 0 && header.Get("Content-Length") == "" {
		header = header.Clone()
		header.Set("Content-Length", strconv.FormatInt(req.ContentLength, 10))
	}
	fields, err := message.Fields(header)
	if err != nil {
		return nil, nil, fmt.Errorf("wasihttp: the request's header: %w", err)
	}
	var contents wit.Option[*wit.ByteReader]
	trailers := wit.Resolved(wit.None[*types.Fields](), nil)
	if req.Body != nil && req.Body != http.NoBody {
		w, r := wit.NewByteStream()
		contents = wit.Some(r)
		var done *wit.Promise[wit.Option[*types.Fields]]
		done, trailers = wit.NewFuture(func() (wit.Option[*types.Fields], error) {
			return wit.None[*types.Fields](), message.InternalError("the request body was not finished")
		})
		upload = func() error { return send(ctx, req, w, done) }
	}
	out, sent := types.NewRequest(fields, contents, trailers, wit.None[*types.RequestOptions]())
	sent.Close() // what becomes of the request is told by its response
	if err := address(out, req); err != nil {
		out.Close()
		return nil, nil, err
	}
	return out, upload, nil
}

// address fills in where the request goes.
func address(out *types.Request, req *http.Request) error {
	method := req.Method
	if method == "" {
		method = http.MethodGet
	}
	host := req.Host
	if host == "" {
		host = req.URL.Host
	}
	if out.SetMethod(message.Method(method)) != nil {
		return fmt.Errorf("wasihttp: method %q is not valid", method)
	}
	if out.SetScheme(wit.Some(message.Scheme(req.URL.Scheme))) != nil {
		return fmt.Errorf("wasihttp: scheme %q is not valid", req.URL.Scheme)
	}
	if out.SetAuthority(wit.Some(host)) != nil {
		return fmt.Errorf("wasihttp: host %q is not valid", host)
	}
	if out.SetPathWithQuery(wit.Some(req.URL.RequestURI())) != nil {
		return fmt.Errorf("wasihttp: path %q is not valid", req.URL.RequestURI())
	}
	return nil
}

// send copies the request's body to w, and ends it with the trailers.
func send(ctx context.Context, req *http.Request, w *wit.ByteWriter, done *wit.Promise[wit.Option[*types.Fields]]) error {
	defer done.Close()
	defer w.Close()
	defer req.Body.Close()
	buf := make([]byte, 32<<10)
	for {
		n, err := req.Body.Read(buf)
		if n > 0 {
			if _, err := w.WriteContext(ctx, buf[:n]); err != nil {
				return nil // the server does not want the rest, or the exchange has ended
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			done.Reject(message.InternalError(err.Error()))
			return err
		}
	}
	trailer := wit.None[*types.Fields]()
	if len(req.Trailer) > 0 {
		fields, err := message.Fields(req.Trailer)
		if err != nil {
			return err
		}
		trailer = wit.Some(fields)
	}
	w.Close()
	done.Resolve(trailer)
	return nil
}

// response makes net/http's response of in. ctx lives until the body is closed.
func response(ctx context.Context, cancel context.CancelCauseFunc, req *http.Request, in *types.Response) *http.Response {
	status := int(in.GetStatusCode())
	header := message.Header(in.GetHeaders())
	res := &http.Response{
		Status:        fmt.Sprintf("%d %s", status, http.StatusText(status)),
		StatusCode:    status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        header,
		ContentLength: message.ContentLength(header),
		Request:       req,
	}
	body := message.NewBody(ctx, &res.Trailer, func(received *wit.Future[struct{}]) (*wit.ByteReader, *message.Trailers) {
		return types.ResponseConsumeBody(in, received)
	})
	res.Body = &responseBody{body, cancel}
	if req.Method == http.MethodHead {
		res.Body.Close()
		res.Body = http.NoBody
	}
	return res
}

// A responseBody ends its exchange when it is closed.
type responseBody struct {
	*message.Body
	cancel context.CancelCauseFunc
}

func (b *responseBody) Read(buf []byte) (int, error) {
	n, err := b.Body.Read(buf)
	if err != nil && err != io.EOF {
		err = explain(err)
	}
	return n, err
}

func (b *responseBody) Close() error {
	err := b.Body.Close()
	b.cancel(context.Canceled)
	return err
}
