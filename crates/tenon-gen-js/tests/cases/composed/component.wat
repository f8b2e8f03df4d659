;; One component calls another through adapters: synchronous functions, and one that is asynchronous in its type alone.
(component
  (component $callee
    (core module $m
      (func (export "now") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (func (export "later") (param i32) (result i32) (i32.add (local.get 0) (i32.const 2))))
    (core instance $i (instantiate $m))
    (func (export "now") (param "n" u32) (result u32) (canon lift (core func $i "now")))
    (func (export "later") async (param "n" u32) (result u32) (canon lift (core func $i "later"))))
  (component $caller
    (import "now" (func $now (param "n" u32) (result u32)))
    (import "later" (func $later async (param "n" u32) (result u32)))
    (core func $now' (canon lower (func $now)))
    (core func $later' (canon lower (func $later)))
    (core func $return (canon task.return (result u32)))
    (core module $m
      (import "callee" "now" (func $now (param i32) (result i32)))
      (import "callee" "later" (func $later (param i32) (result i32)))
      (import "callee" "return" (func $return (param i32)))
      (func (export "now") (param i32) (result i32) (call $now (local.get 0)))
      (func (export "later") (param i32) (result i32) (call $later (local.get 0)))
      (func (export "both") (param i32) (result i32)
        (call $return (call $later (call $now (local.get 0)))) (i32.const 0))
      (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
    (core instance $i (instantiate $m (with "callee" (instance
      (export "now" (func $now')) (export "later" (func $later')) (export "return" (func $return))))))
    (func (export "now") (param "n" u32) (result u32) (canon lift (core func $i "now")))
    (func (export "later") (param "n" u32) (result u32) (canon lift (core func $i "later")))
    (func (export "both") async (param "n" u32) (result u32)
      (canon lift (core func $i "both") async (callback (core func $i "callback")))))
  (instance $callee (instantiate $callee))
  (instance $caller (instantiate $caller
    (with "now" (func $callee "now"))
    (with "later" (func $callee "later"))))
  (export "now" (func $caller "now"))
  (export "later" (func $caller "later"))
  (export "both" (func $caller "both")))
