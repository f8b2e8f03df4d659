;; What WIT cannot say: instances in instances, a module that the host gives, a module that is exported.
(component
  (import "host" (instance $host
    (export "inner" (instance (export "f" (func (param "x" u32)))))
    (export "thing" (type (sub resource)))))
  (import "m" (core module $given (import "" "f" (func (param i32))) (export "g" (func (result i32)))))
  (alias export $host "inner" (instance $inner))
  (core func $f (canon lower (func $inner "f")))
  (core instance $i (instantiate $given (with "" (instance (export "f" (func $f))))))
  (core module $own (func (export "h")))
  (func $g (result u32) (canon lift (core func $i "g")))
  (instance $out (export "g" (func $g)))
  (instance $outer (export "out" (instance $out)))
  (export "outer" (instance $outer))
  (export "own" (core module $own))
)
