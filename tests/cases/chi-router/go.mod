module example.com/chi-router

go 1.24

require tenon.dev/go v0.1.0

require github.com/go-chi/chi/v5 v5.5.0

replace tenon.dev/go => ../../../go
