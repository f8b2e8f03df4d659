(component
  (import "log" (func $log (param "x" u32)))
  (import "say" (func $say (param "s" string) (result string)))
  (core module $libc
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local i32)
      global.get $next
      local.get 2 i32.add i32.const 1 i32.sub
      i32.const 0 local.get 2 i32.sub i32.and
      local.tee 4
      local.get 3 i32.add global.set $next
      (if (i32.gt_u (global.get $next) (i32.const 60000)) (then (global.set $next (i32.const 1024))))
      (memory.copy (local.get 4) (local.get 0)
        (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      local.get 4))
  (core instance $libc (instantiate $libc))
  (core func $log' (canon lower (func $log)))
  (core func $say' (canon lower (func $say) (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core module $m
    (import "libc" "memory" (memory 1))
    (import "host" "log" (func $log (param i32)))
    (import "host" "say" (func $say (param i32 i32 i32)))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) i32.const 16)
    (func (export "post") (param i32))
    (func (export "log") (param i32) (call $log (local.get 0)))
    (func (export "say") (param i32 i32) (result i32) (call $say (local.get 0) (local.get 1) (i32.const 32)) i32.const 32)
    (func (export "many") (param i32) (loop $l (call $log (local.get 0)) (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
  (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "host" (instance (export "log" (func $log')) (export "say" (func $say'))))))
  (alias core export $libc "memory" (core memory $mem))
  (func (export "echo") (param "s" string) (result string) (canon lift (core func $i "echo") (memory $mem) (realloc (core func $libc "realloc")) (post-return (core func $i "post"))))
  (func (export "echo-list") (param "s" (list s32)) (result (list s32)) (canon lift (core func $i "echo") (memory $mem) (realloc (core func $libc "realloc"))))
  (func (export "log") (param "x" u32) (canon lift (core func $i "log")))
  (func (export "many") (param "x" u32) (canon lift (core func $i "many")))
  (func (export "say") (param "s" string) (result string) (canon lift (core func $i "say") (memory $mem) (realloc (core func $libc "realloc"))))
)
