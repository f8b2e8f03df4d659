package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRoutes(t *testing.T) {
	for _, test := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/hello/ada", "", 200, "Hello, ada!\n"},
		{"POST", "/echo", "abc", 200, "abc"},
		{"GET", "/ticks?n=1", "", 200, "tick 1 after 200ms\n"},
		{"GET", "/ticks?n=0", "", 400, "n is a number from 1 to 100\n"},
		{"GET", "/nowhere", "", 404, "404 page not found\n"},
		{"GET", "/echo", "", 405, "Method Not Allowed\n"},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(test.method, test.path, strings.NewReader(test.body))
		routes().ServeHTTP(w, r)
		if w.Code != test.status || w.Body.String() != test.want {
			t.Errorf("%s %s: %d %q, want %d %q", test.method, test.path, w.Code, w.Body, test.status, test.want)
		}
	}
}

func TestIndexNamesTheRoutes(t *testing.T) {
	w := httptest.NewRecorder()
	routes().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	for _, route := range []string{"/hello/", "/ticks", "/echo"} {
		if !strings.Contains(w.Body.String(), route) {
			t.Errorf("the index does not name %s: %s", route, w.Body)
		}
	}
}
