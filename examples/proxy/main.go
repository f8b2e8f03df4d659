// Command proxy asks three services at once and merges what they answer in
// time. What is too slow is left out, and its request is cancelled.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"tenon.dev/go/wasihttp"
)

// patience is how long the upstreams have together.
const patience = 500 * time.Millisecond

func init() {
	client := &http.Client{Transport: &wasihttp.Transport{}}
	wasihttp.Serve(&proxy{client, strings.Fields(os.Getenv("UPSTREAMS"))})
}

func main() {}

type proxy struct {
	client    *http.Client
	upstreams []string
}

// An answer is what became of one upstream's request.
type answer struct {
	URL    string `json:"url"`
	Status int    `json:"status,omitempty"`
	Body   string `json:"body,omitempty"`
	Error  string `json:"error,omitempty"`
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if len(p.upstreams) == 0 {
		http.Error(w, "UPSTREAMS names no URL", http.StatusBadGateway)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()

	answers := make([]answer, len(p.upstreams))
	var wg sync.WaitGroup
	for i, url := range p.upstreams {
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers[i] = p.ask(ctx, url)
		}()
	}
	wg.Wait()

	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, "proxy:", err)
	}
}

func (p *proxy) ask(ctx context.Context, url string) answer {
	status, body, err := p.get(ctx, url)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return answer{URL: url, Error: "too slow"}
	case err != nil:
		return answer{URL: url, Error: err.Error()}
	}
	return answer{URL: url, Status: status, Body: body}
}

func (p *proxy) get(ctx context.Context, url string) (int, string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, string(body), err
}
