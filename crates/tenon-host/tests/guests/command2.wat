;; A wasi:cli/run@0.2 that says "hi" and, if it has a directory, tries to create a file in it. It exits with 1
;; if that fails. Arguments decide otherwise: with one it returns err, with two it traps.
(module
  (import "wasi:cli/environment@0.2.12" "get-arguments" (func $arguments (param i32)))
  (import "wasi:cli/exit@0.2.12" "exit" (func $exit (param i32)))
  (import "wasi:cli/stdout@0.2.12" "get-stdout" (func $stdout (result i32)))
  (import "wasi:io/streams@0.2.12" "[method]output-stream.blocking-write-and-flush"
    (func $write (param i32 i32 i32 i32)))
  (import "wasi:filesystem/preopens@0.2.12" "get-directories" (func $directories (param i32)))
  (import "wasi:filesystem/types@0.2.12" "[method]descriptor.open-at"
    (func $open (param i32 i32 i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 1024))
  (data (i32.const 16) "hi\n")
  (data (i32.const 32) "made")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.set $heap (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
    (global.get $heap)
    (global.set $heap (i32.add (global.get $heap) (local.get 3))))
  (func (export "wasi:cli/run@0.2.12#run") (result i32)
    (call $arguments (i32.const 64))
    (if (i32.eq (i32.load (i32.const 68)) (i32.const 1)) (then (return (i32.const 1))))
    (if (i32.eq (i32.load (i32.const 68)) (i32.const 2)) (then unreachable))
    (call $write (call $stdout) (i32.const 16) (i32.const 3) (i32.const 128))
    (call $directories (i32.const 72))
    (if (i32.load (i32.const 76))
      (then
        ;; create, with read and write
        (call $open (i32.load (i32.load (i32.const 72))) (i32.const 0) (i32.const 32) (i32.const 4)
          (i32.const 1) (i32.const 3) (i32.const 80))
        (if (i32.load8_u (i32.const 80))
          (then (call $exit (i32.const 1))))))
    (i32.const 0))
)
