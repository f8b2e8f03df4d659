// Command bad-unregistered imports the bindings, and forgets to say what
// implements them.
package main

import _ "example.com/bad-unregistered/wit/export/demo/clock/clock"

func main() {}
