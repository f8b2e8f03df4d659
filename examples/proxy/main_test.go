package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// The proxy is an ordinary handler with an ordinary client, so it can be tested
// on the machine, with the machine's own transport.
func TestFanOut(t *testing.T) {
	stop := make(chan struct{})
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			select {
			case <-stop:
			case <-r.Context().Done(): // the proxy has given up
			}
			return
		}
		fmt.Fprint(w, "from ", r.URL.Path)
	}))
	defer upstream.Close()
	defer close(stop)

	p := &proxy{http.DefaultClient, []string{upstream.URL + "/a", upstream.URL + "/slow", upstream.URL + "/b"}}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))

	var got []answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []answer{
		{URL: upstream.URL + "/a", Status: 200, Body: "from /a"},
		{URL: upstream.URL + "/slow", Error: "too slow"},
		{URL: upstream.URL + "/b", Status: 200, Body: "from /b"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNoUpstreams(t *testing.T) {
	w := httptest.NewRecorder()
	(&proxy{}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != http.StatusBadGateway {
		t.Errorf("got %d", w.Code)
	}
}
