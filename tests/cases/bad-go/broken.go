package main

import (
	"fmt"

	_ "tenon.dev/go/wasicli"
)

func main() { fmt.Println(undefinedName) }
