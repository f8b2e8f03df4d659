package main

import (
	"example.com/interop/future-close-after-coming-back/test/wit/export/a/b/thetest"
	"tenon.dev/go/wit"
)

func main() {}

func init() { thetest.Export(program{}) }

// program implements a:b/the-test.
type program struct{}

// F gives back what it gets.
func (program) F(param *wit.Future[struct{}]) *wit.Future[struct{}] { return param }
