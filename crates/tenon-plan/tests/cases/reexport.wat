;; What cannot be planned, all of it in one go.
(component
  (import "f" (func $f))
  (export "g" (func $f))
)
