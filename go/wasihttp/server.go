package wasihttp

import (
	"context"
	"crypto/tls"
	"log"
	"net/http"
	"net/url"
	"runtime/debug"

	"tenon.dev/go/wasi/http/v0.3/types"
	"tenon.dev/go/wasihttp/internal/message"
	"tenon.dev/go/wit"
)

// server is the component's export.
type server struct{}

// Handle serves one request. It returns when the response's head is known; the
// handler goes on writing the body after that.
func (server) Handle(ctx context.Context, in *types.Request) (*types.Response, error) {
	h := handlerOf()
	// The request lives as long as its handler, which is longer than this
	// call. A caller that cancels the call ends it; returning does not.
	life, end := context.WithCancelCause(context.Background())
	stop := context.AfterFunc(ctx, func() { end(context.Cause(ctx)) })
	defer stop()

	r, err := incoming(life, in)
	if err != nil {
		end(err)
		return nil, types.ErrorCodeHTTPRequestURIInvalid{}
	}
	w := newResponseWriter(life, end, r.Method == http.MethodHead)
	go serve(h, w, r, end)
	select {
	case head := <-w.head:
		return head.response, head.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// serve runs the handler as net/http's server does.
func serve(h http.Handler, w *responseWriter, r *http.Request, end context.CancelCauseFunc) {
	defer end(context.Canceled)
	defer r.Body.Close()
	defer func() {
		if v := recover(); v != nil {
			if v != http.ErrAbortHandler {
				log.Printf("wasihttp: panic serving %s %s: %v\n%s", r.Method, r.RequestURI, v, debug.Stack())
			}
			w.abort()
			return
		}
		w.finish()
	}()
	h.ServeHTTP(w, r)
}

// incoming makes net/http's request of in.
func incoming(ctx context.Context, in *types.Request) (*http.Request, error) {
	r := (&http.Request{
		Method:     message.MethodName(in.GetMethod()),
		Header:     message.Header(in.GetHeaders()),
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
	}).WithContext(ctx)
	path, ok := in.GetPathWithQuery()
	if !ok || path == "" {
		path = "/"
	}
	r.RequestURI = path
	u, err := url.ParseRequestURI(path)
	if err != nil {
		in.Close()
		return nil, err
	}
	r.URL = u
	r.Host, _ = in.GetAuthority()
	if r.Host == "" {
		r.Host = r.Header.Get("Host")
	}
	r.Header.Del("Host")
	if scheme, ok := in.GetScheme(); ok && scheme == (types.SchemeHTTPS{}) {
		r.TLS = &tls.ConnectionState{HandshakeComplete: true}
	}
	r.ContentLength = message.ContentLength(r.Header)
	if r.ContentLength < 0 && bodyless(r.Method) {
		r.ContentLength = 0
	}
	r.Body = message.NewBody(ctx, &r.Trailer, func(received *wit.Future[struct{}]) (*wit.ByteReader, *message.Trailers) {
		return types.RequestConsumeBody(in, received)
	})
	return r, nil
}

// bodyless reports that requests with this method have no body unless they say
// so.
func bodyless(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodConnect:
		return true
	}
	return false
}

// failure is the answer to a request whose handler panicked.
const failure = "Internal Server Error\n"
