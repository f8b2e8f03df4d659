;; Resources that the world itself imports, not an interface.
(component
  (import "counter" (type $counter (sub resource)))
  (import "[constructor]counter" (func $new (param "start" u32) (result (own $counter))))
  (import "[method]counter.add" (func $add (param "self" (borrow $counter)) (param "n" u32) (result u32)))
  (import "[static]counter.made" (func $made (result u32)))
  (import "add" (func $plain (param "n" u32) (result u32)))
  (core func $new (canon lower (func $new)))
  (core func $add (canon lower (func $add)))
  (core func $made (canon lower (func $made)))
  (core func $plain (canon lower (func $plain)))
  (core func $drop (canon resource.drop $counter))
  (core module $m
    (import "host" "new" (func $new (param i32) (result i32)))
    (import "host" "add" (func $add (param i32 i32) (result i32)))
    (import "host" "made" (func $made (result i32)))
    (import "host" "plain" (func $plain (param i32) (result i32)))
    (import "host" "drop" (func $drop (param i32)))
    ;; Adds to a new counter, and says with which number it was made.
    (func (export "run") (param $start i32) (param $n i32) (result i32) (local $c i32)
      (local.set $c (call $new (local.get $start)))
      (call $plain (call $add (local.get $c) (local.get $n)))
      (call $drop (local.get $c))
      (i32.add (i32.mul (call $made) (i32.const 1000))))
    ;; Adds to somebody else's.
    (func (export "use") (param $c i32) (result i32)
      (call $add (local.get $c) (i32.const 1))
      (call $drop (local.get $c))))
  (core instance $i (instantiate $m (with "host" (instance
    (export "new" (func $new)) (export "add" (func $add)) (export "made" (func $made))
    (export "plain" (func $plain)) (export "drop" (func $drop))))))
  (func (export "run") (param "start" u32) (param "n" u32) (result u32) (canon lift (core func $i "run")))
  (func (export "use") (param "c" (own $counter)) (result u32) (canon lift (core func $i "use"))))
