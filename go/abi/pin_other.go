//go:build !wasm

package abi

import "sync"

var pinned sync.Mutex

func pin() { pinned.Lock() }

func unpin() { pinned.Unlock() }
