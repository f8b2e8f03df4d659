;; What a trivial asynchronous call costs the host alone: both sides do nothing but call, and return at once. `run` is how
;; long so many calls take, in nanoseconds. wasmtime 48 never forgets a callee of this kind, so there may not be many.
(component
  (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock (export "now" (func (result u64)))))
  (component $callee
    (core func $return (canon task.return (result u32)))
    (core module $m
      (import "" "return" (func $return (param i32)))
      (func (export "trivial") (param i32) (result i32) (call $return (local.get 0)) (i32.const 0))
      (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
    (core instance $i (instantiate $m (with "" (instance (export "return" (func $return))))))
    (func (export "trivial") async (param "n" u32) (result u32)
      (canon lift (core func $i "trivial") async (callback (core func $i "callback")))))
  (component $caller
    (import "trivial" (func $trivial async (param "n" u32) (result u32)))
    (import "clock" (instance $clock (export "now" (func (result u64)))))
    (core module $libc (memory (export "memory") 1))
    (core instance $libc (instantiate $libc))
    (core func $trivial' (canon lower (func $trivial) async (memory (core memory $libc "memory"))))
    (core func $now (canon lower (func $clock "now")))
    (core module $m
      (import "libc" "memory" (memory 1))
      (import "" "trivial" (func $trivial (param i32 i32) (result i32)))
      (import "" "now" (func $now (result i64)))
      (func (export "run") (param $n i32) (result i64) (local $start i64)
        (local.set $start (call $now))
        (loop $again
          (if (i32.ne (call $trivial (i32.const 7) (i32.const 16)) (i32.const 2)) (then unreachable))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (i64.sub (call $now) (local.get $start))))
    (core instance $i (instantiate $m
      (with "libc" (instance $libc))
      (with "" (instance (export "trivial" (func $trivial')) (export "now" (func $now))))))
    (func (export "run") async (param "n" u32) (result u64) (canon lift (core func $i "run"))))
  (instance $callee (instantiate $callee))
  (instance $caller (instantiate $caller (with "trivial" (func $callee "trivial")) (with "clock" (instance $clock))))
  (export "run" (func $caller "run")))
