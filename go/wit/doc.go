// Package wit holds the Go types of what WIT has and Go has not: options,
// results and tuples inside data, streams, futures.
//
// Everything else of WIT is an ordinary Go type; docs/go-mapping.md of the
// Tenon project has the whole table.
package wit
