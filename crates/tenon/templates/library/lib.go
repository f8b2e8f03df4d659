// Package projectname is a library for components. It brings its own bindings:
// `tenon build` finds tenon.toml in this module and adds the library's world
// to that of the program.
package projectname

import (
	"strconv"

	"example.com/project-name/wit/my/settings/settings"
)

// String returns the host's setting of this name, or else fallback.
func String(name, fallback string) string {
	if value, ok := settings.Get(name); ok {
		return value
	}
	return fallback
}

// Int is like String for a number. A setting that is not a number counts as
// absent.
func Int(name string, fallback int) int {
	value, err := strconv.Atoi(String(name, ""))
	if err != nil {
		return fallback
	}
	return value
}
