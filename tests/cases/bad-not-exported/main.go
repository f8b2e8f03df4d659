// Command bad-not-exported does not import the bindings of its world.
package main

import _ "tenon.dev/go/abi"

func main() {}
