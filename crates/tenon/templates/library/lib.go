// Package projectname is a library for components. It brings its own bindings:
// `tenon build` finds tenon.toml in this module and adds the library's world
// to that of the program.
package projectname

import (
	"encoding/hex"

	"example.com/project-name/wit/wasi/random/v0.3/random"
)

// Token returns size bytes from the host's random source, in hexadecimal.
func Token(size int) string {
	bytes := make([]byte, 0, size)
	for len(bytes) < size {
		bytes = append(bytes, random.GetRandomBytes(uint64(size-len(bytes)))...)
	}
	return hex.EncodeToString(bytes)
}
