;; Post-return functions run after every call, even of numbers alone, in the same task, and may not leave.

(component
  (core module $M
    (global $n (mut i32) (i32.const 0))
    (func (export "f") (result i32) i32.const 7)
    (func (export "after") (param i32) (global.set $n (i32.add (global.get $n) (local.get 0))))
    (func (export "seen") (result i32) global.get $n)
  )
  (core instance $m (instantiate $M))
  (func (export "f") (result u32) (canon lift (core func $m "f") (post-return (core func $m "after"))))
  (func (export "seen") (result u32) (canon lift (core func $m "seen")))
)
(assert_return (invoke "f") (u32.const 7))
(assert_return (invoke "f") (u32.const 7))
(assert_return (invoke "seen") (u32.const 14))

(component
  (core func $get (canon context.get i32 0))
  (core func $set (canon context.set i32 0))
  (core module $M
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (global $n (mut i32) (i32.const 0))
    (func (export "f") (result i32) (call $set (i32.const 5)) (i32.const 1))
    (func (export "after") (param i32) (global.set $n (call $get)))
    (func (export "seen") (result i32) global.get $n)
    (func (export "fresh") (result i32) call $get)
  )
  (core instance $m (instantiate $M (with "" (instance
    (export "get" (func $get)) (export "set" (func $set))
  ))))
  (func (export "f") (result u32) (canon lift (core func $m "f") (post-return (core func $m "after"))))
  (func (export "seen") (result u32) (canon lift (core func $m "seen")))
  (func (export "fresh") (result u32) (canon lift (core func $m "fresh")))
)
(assert_return (invoke "f") (u32.const 1))
(assert_return (invoke "seen") (u32.const 5))
(assert_return (invoke "fresh") (u32.const 0))

(component
  (import "host-return-two" (func $two (result u32)))
  (core func $two (canon lower (func $two)))
  (core module $M
    (import "" "two" (func $two (result i32)))
    (func (export "f") (result i32) i32.const 7)
    (func (export "after") (param i32) (drop (call $two)))
  )
  (core instance $m (instantiate $M (with "" (instance (export "two" (func $two))))))
  (func (export "f") (result u32) (canon lift (core func $m "f") (post-return (core func $m "after"))))
)
(assert_trap (invoke "f") "cannot leave component instance")
(assert_trap (invoke "f") "cannot enter component instance")
