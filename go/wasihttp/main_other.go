//go:build !wasm

package wasihttp

// runMain is the program's main. Off WebAssembly no request ever comes here.
func runMain() {}
