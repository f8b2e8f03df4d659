;; Built-ins of threads, in the component and in one inside it: each is reported.
(component
  (core type $start (func (param i32)))
  (core func $index (canon thread.index))
  (component $inner
    (core func $suspend (canon thread.suspend))
  )
  (import "c" (component))
)
