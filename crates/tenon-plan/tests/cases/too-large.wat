;; A type that no memory could hold many values of, in a component inside.
(component
  (component
    (type (list (list string 4096) 4096))))
