;; One module, in which only one of three exports can reach what blocks: through a table and the host's own module.
(component
  (import "sleep" (func $sleep async (param "ms" u32)))
  (core func $sleep (canon lower (func $sleep)))
  (core func $return (canon task.return))
  (core module $shim
    (table (export "table") 1 funcref)
    (type $t (func (param i32)))
    (func (export "sleep") (param i32) (call_indirect (type $t) (local.get 0) (i32.const 0))))
  (core instance $shim (instantiate $shim))
  (core module $main
    (import "" "sleep" (func $sleep (param i32)))
    (import "" "return" (func $return))
    (func $nap (call $sleep (i32.const 1)))
    (func (export "slow") (result i32) (call $nap) (call $return) (i32.const 0))
    (func (export "quick") (result i32) (call $return) (i32.const 0))
    (func (export "late") (result i32) (call $return) (i32.const 1))
    (func (export "callback") (param i32 i32 i32) (result i32) (i32.const 0))
    (func (export "late-callback") (param i32 i32 i32) (result i32) (call $nap) (i32.const 0))
    (func (export "sync") (call $nap)))
  (core instance $main (instantiate $main (with "" (instance
    (export "sleep" (func $shim "sleep")) (export "return" (func $return))))))
  (core module $fill
    (import "" "table" (table 1 funcref))
    (import "" "sleep" (func $sleep (param i32)))
    (elem (i32.const 0) $sleep))
  (core instance (instantiate $fill (with "" (instance
    (export "table" (table $shim "table")) (export "sleep" (func $sleep))))))
  (func (export "slow") async
    (canon lift (core func $main "slow") async (callback (core func $main "callback"))))
  (func (export "quick") async
    (canon lift (core func $main "quick") async (callback (core func $main "callback"))))
  (func (export "late") async
    (canon lift (core func $main "late") async (callback (core func $main "late-callback"))))
  (func (export "sync") (canon lift (core func $main "sync")))
)
