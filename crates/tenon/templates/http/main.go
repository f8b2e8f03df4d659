// Command PROJECT answers HTTP requests as a WebAssembly component.
package main

import (
	"fmt"
	"net/http"

	"tenon.dev/go/wasihttp"
)

func init() { wasihttp.Serve(handler()) }

// main is not run: the component's host calls the handler.
func main() {}

// handler is the whole service, as for any Go server.
func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "Hello from PROJECT!")
	})
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello, %s!\n", r.PathValue("name"))
	})
	return mux
}
