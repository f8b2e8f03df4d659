// Command http-torture has a route for everything that a server must stand.
package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"tenon.dev/go/wasihttp"
)

// instance tells one instance of the component from another.
var instance = rand.Uint64()

func init() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /instance", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, instance) })
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello") })
	mux.HandleFunc("GET /memory", memory)
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/describe", describe)
	mux.HandleFunc("GET /gate", gate)
	mux.HandleFunc("POST /wait", wait)
	mux.HandleFunc("GET /waiting", count(&waiting))
	mux.HandleFunc("GET /timers", timers)
	mux.HandleFunc("POST /hold", hold)
	mux.HandleFunc("GET /count", countUp)
	mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("a handler's panic") })
	mux.HandleFunc("GET /panic-late", panicLate)
	mux.HandleFunc("GET /abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("GET /crash", crash)
	mux.HandleFunc("GET /linger", linger)
	mux.HandleFunc("GET /lingering", count(&lingering))
	mux.HandleFunc("GET /trailers", trailers)
	mux.HandleFunc("GET /unclean", unclean)
	mux.HandleFunc("GET /refused", refused)
	mux.HandleFunc("GET /refusals", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, refusals) })
	mux.HandleFunc("GET /status/{code}", status)
	mux.HandleFunc("GET /early", early)
	mux.HandleFunc("GET /long", long)
	mux.HandleFunc("GET /stream", stream)
	mux.HandleFunc("GET /redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/hello", http.StatusFound) })
	mux.HandleFunc("GET /fetch", fetch)
	wasihttp.Serve(mux)
}

func main() {}

// A gauge counts what is going on.
type gauge struct {
	mu sync.Mutex
	n  int
}

func (g *gauge) add(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n += n
}

func count(g *gauge) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		defer g.mu.Unlock()
		fmt.Fprint(w, g.n)
	}
}

func memory(w http.ResponseWriter, r *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprint(w, m.Sys)
}

func echo(w http.ResponseWriter, r *http.Request) {
	http.NewResponseController(w).Flush()
	io.Copy(w, r.Body)
}

// describe says what the handler was given.
func describe(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s\nhost %s\nlength %d\nquery %s\nbody %q %v\n",
		r.Method, r.URL.Path, r.Host, r.ContentLength, r.URL.Query().Get("q"), body, err)
	for _, name := range []string{"X-One", "X-Many", "Content-Type"} {
		fmt.Fprintf(w, "%s %q\n", name, r.Header.Values(name))
	}
	fmt.Fprintf(w, "trailer %q\n", r.Trailer)
}

var arrivals struct {
	sync.Mutex
	n    int
	full chan struct{}
}

// gate waits until n requests are here at once, and then sleeps. It answers
// how many were here when it woke.
func gate(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	arrivals.Lock()
	if arrivals.n == 0 {
		arrivals.full = make(chan struct{})
	}
	full := arrivals.full
	if arrivals.n++; arrivals.n == n {
		close(full)
	}
	arrivals.Unlock()
	<-full
	time.Sleep(100 * time.Millisecond)
	arrivals.Lock()
	defer arrivals.Unlock()
	fmt.Fprint(w, arrivals.n)
	arrivals.n--
}

var waiting gauge

// wait reads a body that takes its time.
func wait(w http.ResponseWriter, r *http.Request) {
	waiting.add(1)
	defer waiting.add(-1)
	body, err := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %v", body, err)
}

// timers answers in which order timers of all kinds went off.
func timers(w http.ResponseWriter, r *http.Request) {
	var events []string
	ctx, cancel := context.WithTimeout(r.Context(), 150*time.Millisecond)
	defer cancel()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	deadline, early, end := ctx.Done(), time.After(50*time.Millisecond), time.After(250*time.Millisecond)
	ticks := 0
	for {
		select {
		case <-ticker.C:
			ticks++
		case <-early:
			events = append(events, "early")
		case <-deadline:
			events = append(events, "deadline")
			deadline = nil
		case <-end:
			fmt.Fprintf(w, "%s end, ticks: %v", strings.Join(events, " "), ticks >= 3)
			return
		}
	}
}

var held struct {
	sync.Mutex
	n int
}

// hold reads its body with the mutex held.
func hold(w http.ResponseWriter, r *http.Request) {
	held.Lock()
	defer held.Unlock()
	waiting.add(1)
	defer waiting.add(-1)
	io.Copy(io.Discard, r.Body)
	fmt.Fprint(w, held.n)
}

// countUp counts in a way that only the mutex makes right.
func countUp(w http.ResponseWriter, r *http.Request) {
	held.Lock()
	defer held.Unlock()
	n := held.n
	time.Sleep(time.Millisecond)
	held.n = n + 1
	fmt.Fprint(w, held.n)
}

func panicLate(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, "half of an answer")
	http.NewResponseController(w).Flush()
	panic("a late panic")
}

// unclean has a header that no message can have. net/http sends what can be
// sent of it.
func unclean(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Lines", "one\r\ntwo ")
	w.Header()["No Name"] = []string{"lost"}
	fmt.Fprint(w, "clean")
}

// refusals is what became of an answer that the host refused.
var refusals string

// refused has a header that the host refuses, and writes on in spite of it.
func refused(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Zero", "\x00")
	first := http.NewResponseController(w).Flush()
	_, second := w.Write(make([]byte, 64<<10))
	third := http.NewResponseController(w).Flush()
	refusals = fmt.Sprint(first != nil, second == first, third == first)
}

// crash ends the program: nobody recovers a goroutine's panic.
func crash(w http.ResponseWriter, r *http.Request) {
	go panic("a goroutine's panic")
	time.Sleep(time.Minute)
}

var lingering gauge

// linger stays until the client goes away. What it does meanwhile is said by
// the query.
func linger(w http.ResponseWriter, r *http.Request) {
	lingering.add(1)
	defer lingering.add(-1)
	switch r.FormValue("how") {
	case "writing":
		for r.Context().Err() == nil {
			fmt.Fprintln(w, "still here")
			http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	case "silent":
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	case "headless":
		<-r.Context().Done()
	}
}

func trailers(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Trailer", "X-Sum, X-Unused")
	fmt.Fprint(w, "body")
	w.Header().Set("X-Sum", "42")
	w.Header().Set(http.TrailerPrefix+"X-Late", "late")
}

func status(w http.ResponseWriter, r *http.Request) {
	code, _ := strconv.Atoi(r.PathValue("code"))
	w.WriteHeader(code)
	_, err := fmt.Fprint(w, "body")
	if (code == http.StatusNoContent || code == http.StatusNotModified) != (err == http.ErrBodyNotAllowed) {
		panic(fmt.Sprint("writing the body of a ", code, " gave ", err))
	}
}

// early sends hints before its answer; where those cannot be sent the answer
// must come all the same.
func early(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", "</style.css>; rel=preload")
	w.WriteHeader(http.StatusEarlyHints)
	fmt.Fprint(w, "after the hints")
}

// long answers with n bytes in small pieces.
func long(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	for n > 0 {
		piece := strings.Repeat("x", min(n, 1000))
		io.WriteString(w, piece)
		n -= len(piece)
	}
}

// stream sends a line, waits until the next request says so, and sends another.
func stream(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("go") != "" {
		close(streaming)
		return
	}
	streaming = make(chan struct{})
	fmt.Fprintln(w, "first")
	http.NewResponseController(w).Flush()
	<-streaming
	fmt.Fprintln(w, "second")
}

var streaming chan struct{}

// fetch gets another URL with an ordinary client.
func fetch(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Transport: &wasihttp.Transport{}, Timeout: 300 * time.Millisecond}
	response, err := client.Get(r.FormValue("url"))
	if err != nil {
		timeout, ok := err.(interface{ Timeout() bool })
		fmt.Fprintf(w, "failed, timeout: %v", ok && timeout.Timeout())
		return
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	fmt.Fprintf(w, "%d %s %v", response.StatusCode, body, err)
}
