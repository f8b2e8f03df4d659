// Package message converts between net/http's messages and those of wasi:http.
package message

import (
	"net/http"
	"strings"

	"tenon.dev/go/wasi/http/v0.3/types"
	"tenon.dev/go/wit"
)

// hopByHop are the header fields that belong to one connection, which is the
// host's business: wasi:http forbids them.
var hopByHop = map[string]bool{
	"Connection":        true,
	"Host":              true,
	"Http2-Settings":    true,
	"Keep-Alive":        true,
	"Proxy-Connection":  true,
	"Transfer-Encoding": true,
	"Upgrade":           true,
}

// Fields is h as wasi:http has it. Fields of one connection are left out.
func Fields(h http.Header) (*types.Fields, error) {
	var entries []wit.Tuple2[types.FieldName, types.FieldValue]
	for name, values := range h {
		if hopByHop[name] {
			continue
		}
		for _, value := range values {
			entries = append(entries, wit.Tuple2[types.FieldName, types.FieldValue]{F0: name, F1: []byte(value)})
		}
	}
	return types.FieldsFromList(entries)
}

// Answer is h as net/http's server sends it: line breaks in values are spaces,
// and what has no valid name is left out. A handler learns of neither.
func Answer(h http.Header) (*types.Fields, error) {
	clean := make(http.Header, len(h))
	for name, values := range h {
		if !validName(name) {
			continue
		}
		for _, value := range values {
			clean[name] = append(clean[name], strings.Trim(lineBreaks.Replace(value), " \t"))
		}
	}
	return Fields(clean)
}

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ")

// validName reports whether name is a token (RFC 9110, section 5.6.2).
func validName(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return name != ""
}

// Header is what f holds. f is closed.
func Header(f *types.Fields) http.Header {
	defer f.Close()
	entries := f.CopyAll()
	h := make(http.Header, len(entries))
	for _, e := range entries {
		h.Add(e.F0, string(e.F1))
	}
	return h
}
