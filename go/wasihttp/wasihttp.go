// Package wasihttp joins net/http and wasi:http: Serve makes an http.Handler
// the component's request handler, and Transport lets an http.Client send
// requests.
//
//	func init() {
//		mux := http.NewServeMux()
//		mux.HandleFunc("GET /hello/{name}", hello)
//		wasihttp.Serve(mux)
//	}
//
//	func main() {}
//
// A component that imports this package exports wasi:http/handler@0.3 if its
// world does.
package wasihttp

import (
	"net/http"

	"tenon.dev/go/export/wasi/http/v0.3/handler"
	"tenon.dev/go/wasihttp/transport"
)

// Transport is an http.RoundTripper on wasi:http; its zero value is ready.
type Transport = transport.Transport

func init() { handler.Export(server{}) }

// serving is the program's handler, nil before Serve.
var serving http.Handler

// Serve makes h the handler of the component's requests, http.DefaultServeMux
// if h is nil. Call it in an init function, and Serve returns. Called in main,
// which runs when the first request comes, it does not, as
// http.ListenAndServe does not.
func Serve(h http.Handler) {
	if h == nil {
		h = http.DefaultServeMux
	}
	if serving != nil {
		panic("wasihttp: Serve was called twice")
	}
	serving = h
	if inMain {
		close(served)
		select {}
	}
}

var (
	inMain bool                  // main is running, for the first request
	served = make(chan struct{}) // closed when Serve was called in main
)

// handlerOf is the program's handler. If no init function has set it, main
// will.
func handlerOf() http.Handler {
	if serving == nil && !inMain {
		inMain = true
		go func() {
			runMain()
			if serving == nil {
				panic("wasihttp: the program has no handler: call wasihttp.Serve in an init function or in main")
			}
		}()
	}
	if inMain {
		<-served
	}
	return serving
}
