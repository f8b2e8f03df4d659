;; Strings in all three encodings, in two memories of one component.
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "f") (param i32 i32) (result i32) unreachable))
  (core instance $a (instantiate $m))
  (core instance $b (instantiate $m))
  (func (export "wide") (param "s" string) (result string)
    (canon lift (core func $a "f") string-encoding=utf16
      (memory (core memory $a "memory")) (realloc (core func $a "realloc"))))
  (func (export "compact") (param "s" string) (result string)
    (canon lift (core func $b "f") string-encoding=latin1+utf16
      (memory (core memory $b "memory")) (realloc (core func $b "realloc"))))
  (func (export "narrow") (param "s" string) (result string)
    (canon lift (core func $a "f") string-encoding=utf8
      (memory (core memory $a "memory")) (realloc (core func $a "realloc"))))
)
