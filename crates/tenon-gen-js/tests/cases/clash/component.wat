;; A function and an interface of the same name.
(component
  (core module $m (func (export "f") (result i32) (i32.const 1)) (func (export "g") (result i32) (i32.const 2)))
  (core instance $i (instantiate $m))
  (func $f (result u32) (canon lift (core func $i "f")))
  (func $g (result u32) (canon lift (core func $i "g")))
  (instance $n (export "get" (func $g)))
  (export "name" (func $f))
  (export "shop:it/name" (instance $n)))
