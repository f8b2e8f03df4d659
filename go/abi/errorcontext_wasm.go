package abi

import "unsafe"

//go:wasmimport $root [error-context-new-utf8]
func errorContextNew(data unsafe.Pointer, n uint32) uint32

//go:wasmimport $root [error-context-debug-message-utf8]
func errorContextDebugMessage(handle uint32, ret unsafe.Pointer)

//go:wasmimport $root [error-context-drop]
func errorContextDrop(handle uint32)
