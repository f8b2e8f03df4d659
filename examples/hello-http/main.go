// Command hello-http is an HTTP service as one writes it for any server: a mux
// from net/http and ordinary handlers. tenon build makes a component of it.
package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"tenon.dev/go/wasihttp"
)

func init() { wasihttp.Serve(routes()) }

func main() {}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", index)
	mux.HandleFunc("GET /hello/{name}", hello)
	mux.HandleFunc("GET /ticks", ticks)
	mux.HandleFunc("POST /echo", echo)
	return mux
}

func index(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "Hello from Go. Try /hello/NAME, /ticks?n=5, or POST to /echo.")
}

func hello(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "Hello, %s!\n", r.PathValue("name"))
}

// ticks sends one line every 200 ms, as they come.
func ticks(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil || n < 1 || n > 100 {
		http.Error(w, "n is a number from 1 to 100", http.StatusBadRequest)
		return
	}
	started := time.Now()
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for i := range n {
		select {
		case <-ticker.C:
			fmt.Fprintf(w, "tick %d after %v\n", i+1, time.Since(started).Round(10*time.Millisecond))
			http.NewResponseController(w).Flush()
		case <-r.Context().Done():
			return // the client has gone
		}
	}
}

// echo sends the body back while it arrives, whatever its size.
func echo(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	io.Copy(w, r.Body)
}
