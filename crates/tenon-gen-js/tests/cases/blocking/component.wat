(component
  (import "sleep" (func $sleep async (param "n" u32) (result u32)))
  (core func $sleep' (canon lower (func $sleep)))
  (core func $return (canon task.return (result u32)))
  (core module $m
    (import "host" "sleep" (func $sleep (param i32) (result i32)))
    (import "host" "return" (func $return (param i32)))
    (func (export "run") (param $n i32) (result i32)
      (call $return (i32.add (call $sleep (local.get $n)) (call $sleep (i32.const 1))))
      (i32.const 0))
    (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m
    (with "host" (instance (export "sleep" (func $sleep')) (export "return" (func $return))))))
  (func (export "run") async (param "n" u32) (result u32)
    (canon lift (core func $i "run") async (callback (core func $i "callback")))))
