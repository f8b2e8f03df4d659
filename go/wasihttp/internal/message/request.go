package message

import (
	"strings"

	"tenon.dev/go/wasi/http/v0.3/types"
)

var methods = map[string]types.Method{
	"GET":     types.MethodGet{},
	"HEAD":    types.MethodHead{},
	"POST":    types.MethodPost{},
	"PUT":     types.MethodPut{},
	"DELETE":  types.MethodDelete{},
	"CONNECT": types.MethodConnect{},
	"OPTIONS": types.MethodOptions{},
	"TRACE":   types.MethodTrace{},
	"PATCH":   types.MethodPatch{},
}

// Method is the method with net/http's name.
func Method(name string) types.Method {
	if m, ok := methods[name]; ok {
		return m
	}
	return types.MethodOther{Value: name}
}

// MethodName is net/http's name of m.
func MethodName(m types.Method) string {
	if other, ok := m.(types.MethodOther); ok {
		return other.Value
	}
	for name, known := range methods {
		if m == known {
			return name
		}
	}
	return ""
}

// Scheme is the scheme with the given name.
func Scheme(name string) types.Scheme {
	switch strings.ToLower(name) {
	case "http":
		return types.SchemeHTTP{}
	case "https":
		return types.SchemeHTTPS{}
	}
	return types.SchemeOther{Value: name}
}
