;; Names that differ in hyphens alone are one name, and what is not in kebab case is none.

(assert_invalid
  (component (import "foo-bar" (func)) (import "foobar" (func)))
  "import name `foobar` conflicts with previous name `foo-bar`")
(assert_invalid
  (component
    (core module $M (func (export "f")))
    (core instance $m (instantiate $M))
    (func $f (canon lift (core func $m "f")))
    (export "a-b" (func $f))
    (export "AB" (func $f)))
  "export name `AB` conflicts with previous name `a-b`")
(assert_invalid
  (component
    (component (import "foo-bar" (func)) (import "FOOB-ar" (func))))
  "import name `FOOB-ar` conflicts with previous name `foo-bar`")
(assert_invalid (component (import "fooBar" (func))) "`fooBar` is not in kebab case")
(assert_malformed (component quote "(import \"a\" (fun))") "unexpected token")
(component definition
  (component (import "foo-bar" (func)))
  (component (import "foobar" (func))))

;; What nobody gives cannot be imported.
(assert_unlinkable
  (component
    (import "nobody" (instance $i (export "f" (func))))
    (core func $f (canon lower (func $i "f")))
    (core module $M (import "" "f" (func)))
    (core instance (instantiate $M (with "" (instance (export "f" (func $f)))))))
  "was not found")
(component
  (import "host" (instance $host
    (export "nested" (instance (export "return-four" (func (result u32)))))))
  (alias export $host "nested" (instance $nested))
  (core func $four (canon lower (func $nested "return-four")))
  (core module $M (import "" "four" (func $four (result i32))) (func (export "f") (result i32) call $four))
  (core instance $m (instantiate $M (with "" (instance (export "four" (func $four))))))
  (func (export "f") (result u32) (canon lift (core func $m "f"))))
(assert_return (invoke "f") (u32.const 4))
