package wasihttp

import _ "unsafe" // for linkname

//go:linkname runMain main.main
func runMain()
