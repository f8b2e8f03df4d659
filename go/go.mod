module tenon.dev/go

go 1.24
