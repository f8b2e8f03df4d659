module example.com/bad-bindings

go 1.24
