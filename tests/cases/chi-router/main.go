// Command chi-router uses a third-party router, unchanged.
package main

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"tenon.dev/go/wasihttp"
)

func init() {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, middleware.Recoverer)
	r.Get("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "root") })
	r.Route("/articles", func(r chi.Router) {
		r.With(middleware.SetHeader("X-Article", "yes")).Get("/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "article %s, request %t", chi.URLParam(r, "id"), middleware.GetReqID(r.Context()) != "")
		})
		r.Get("/panic", func(http.ResponseWriter, *http.Request) { panic("caught by the middleware") })
	})
	wasihttp.Serve(r)
}

func main() {}
