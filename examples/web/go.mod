module example.com/web

go 1.24

require tenon.dev/go v0.1.0

require github.com/yuin/goldmark v1.8.7

replace tenon.dev/go => ../../go
