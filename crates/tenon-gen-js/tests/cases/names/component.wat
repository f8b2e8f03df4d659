;; A resource that is called as a global of JavaScript is, and a function that is called as a keyword.
(component
  (type $places (resource (rep i32)))
  (core func $new (canon resource.new $places))
  (core module $m
    (import "host" "new" (func $new (param i32) (result i32)))
    (func (export "constructor") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "get") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m (with "host" (instance (export "new" (func $new))))))
  (func $constructor (param "delete" u32) (result (own $places)) (canon lift (core func $i "constructor")))
  (func $get (param "self" (borrow $places)) (result u32) (canon lift (core func $i "get")))
  (func $delete (param "new" (own $places)) (result u32) (canon lift (core func $i "get")))
  (component $interface
    (import "type-map" (type $map (sub resource)))
    (import "constructor" (func $constructor (param "delete" u32) (result (own $map))))
    (import "get" (func $get (param "self" (borrow $map)) (result u32)))
    (import "delete" (func $delete (param "new" (own $map)) (result u32)))
    (export $exported "map" (type $map))
    (export "[constructor]map" (func $constructor) (func (param "delete" u32) (result (own $exported))))
    (export "[method]map.get" (func $get) (func (param "self" (borrow $exported)) (result u32)))
    (export "delete" (func $delete) (func (param "new" (own $exported)) (result u32))))
  (instance $instance (instantiate $interface
    (with "type-map" (type $places))
    (with "constructor" (func $constructor))
    (with "get" (func $get))
    (with "delete" (func $delete))))
  (export "test:names/places" (instance $instance)))
