package main

import (
	"example.com/late/later"
	_ "tenon.dev/go/wasicli"
)

func main() { later.Hello() }
