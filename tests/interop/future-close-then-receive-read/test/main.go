package main

import (
	"example.com/interop/future-close-then-receive-read/test/wit/export/a/b/thetest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { thetest.Export(program{}) }

// program implements a:b/the-test: get gives what set got.
type program struct{}

var kept *wit.Future[struct{}]

func (program) Set(param *wit.Future[struct{}]) { kept = param }

func (program) Get() *wit.Future[struct{}] {
	param := kept
	kept = nil
	return param
}
