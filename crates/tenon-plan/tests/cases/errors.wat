;; Error contexts, synchronous streams and context slots.
(component
  (core module $libc
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $libc (instantiate $libc))
  (alias core export $libc "memory" (core memory $memory))
  (alias core export $libc "realloc" (core func $realloc))
  (type $s (stream string))
  (core func $new (canon error-context.new (memory $memory)))
  (core func $message (canon error-context.debug-message (memory $memory) (realloc $realloc)))
  (core func $drop (canon error-context.drop))
  (core func $read (canon stream.read $s (memory $memory) (realloc $realloc)))
  (core func $get (canon context.get i32 1))
  (core func $inc (canon backpressure.inc))
  (core module $m
    (import "" "new" (func (param i32 i32) (result i32)))
    (import "" "message" (func (param i32 i32)))
    (import "" "drop" (func (param i32)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "get" (func $get (result i32)))
    (import "" "inc" (func $inc))
    (func (export "f") (param i32) (call $inc)
      (drop (call $read (local.get 0) (i32.const 0) (i32.const 1)))))
  (core instance $i (instantiate $m (with "" (instance
    (export "new" (func $new)) (export "message" (func $message)) (export "drop" (func $drop))
    (export "read" (func $read)) (export "get" (func $get)) (export "inc" (func $inc))))))
  (func (export "f") async (param "s" $s) (canon lift (core func $i "f")))
)
