package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHandler(t *testing.T) {
	for _, test := range []struct {
		path string
		code int
		body string
	}{
		{"/", http.StatusOK, "Hello from PROJECT!\n"},
		{"/hello/gopher", http.StatusOK, "Hello, gopher!\n"},
		{"/nowhere", http.StatusNotFound, "404 page not found\n"},
	} {
		w := httptest.NewRecorder()
		handler().ServeHTTP(w, httptest.NewRequest("GET", test.path, nil))
		if w.Code != test.code || w.Body.String() != test.body {
			t.Errorf("GET %s: got %d %q, want %d %q", test.path, w.Code, w.Body, test.code, test.body)
		}
	}
}
