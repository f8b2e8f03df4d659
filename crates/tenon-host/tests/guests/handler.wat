;; A wasi:http/handler@0.3.0 whose behaviour is chosen by the first letter of the path:
;;   /hello   "hello"                           /boot   how many requests this instance has had, as a digit
;;   /wait    "hello" after 300 ms              /trap   traps before it answers
;;   /cut     half an answer, then a trap       /stall  the head of an answer and no more
;;   /spin    computes for ever                 /grow   "yes" if 64 MiB more can be had, else "no"
;;   /left    never ends its body; counts clients that went away
;;   /gone    that count, as a digit            /error  returns an error-code
;;   /never   never answers                      /flood  a body without end
(module
  (import "wasi:http/types@0.3.0" "[constructor]fields" (func $fields (result i32)))
  (import "wasi:http/types@0.3.0" "[static]response.new" (func $response (param i32 i32 i32 i32 i32)))
  (import "wasi:http/types@0.3.0" "[method]request.get-path-with-query" (func $path (param i32 i32)))
  (import "wasi:http/types@0.3.0" "[resource-drop]request" (func $drop-request (param i32)))
  (import "wasi:http/types@0.3.0" "[stream-new-0][static]response.new" (func $stream-new (result i64)))
  (import "wasi:http/types@0.3.0" "[future-new-1][static]response.new" (func $future-new (result i64)))
  (import "wasi:http/types@0.3.0" "[async-lower][stream-write-0][static]response.new"
    (func $stream-write (param i32 i32 i32) (result i32)))
  (import "wasi:http/types@0.3.0" "[stream-drop-writable-0][static]response.new" (func $stream-drop (param i32)))
  (import "wasi:http/types@0.3.0" "[async-lower][future-write-1][static]response.new"
    (func $future-write (param i32 i32) (result i32)))
  (import "wasi:http/types@0.3.0" "[future-drop-writable-1][static]response.new" (func $future-drop (param i32)))
  (import "wasi:http/types@0.3.0" "[async-lower][future-read-2][static]response.new"
    (func $sent-read (param i32 i32) (result i32)))
  (import "wasi:http/types@0.3.0" "[future-drop-readable-2][static]response.new" (func $sent-drop (param i32)))
  (import "wasi:clocks/monotonic-clock@0.3.0" "[async-lower]wait-for" (func $wait-for (param i64) (result i32)))
  (import "$root" "[waitable-set-new]" (func $set-new (result i32)))
  (import "$root" "[waitable-join]" (func $join (param i32 i32)))
  (import "$root" "[subtask-drop]" (func $subtask-drop (param i32)))
  (import "$root" "[context-get-0]" (func $context (result i32)))
  (import "$root" "[context-set-0]" (func $set-context (param i32)))
  (import "[export]wasi:http/handler@0.3.0" "[task-return]handle"
    (func $return (param i32 i32 i32 i64 i32 i32 i32 i32)))

  (memory (export "memory") 16)
  (global $heap (mut i32) (i32.const 4096))
  (global $requests (mut i32) (i32.const 0))
  (global $gone (mut i32) (i32.const 0))
  (data (i32.const 16) "hello")
  (data (i32.const 32) "half")
  (data (i32.const 48) "yes")
  (data (i32.const 64) "no")
  ;; 512..576 stays zero: it reads as ok(none).

  (func $alloc (export "alloc") (param $align i32) (param $size i32) (result i32)
    (global.set $heap (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
    (global.get $heap)
    (global.set $heap (i32.add (global.get $heap) (local.get $size))))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (call $alloc (local.get 2) (local.get 3)))

  ;; A task: set @0, stream @4, future @8, route @12, body @16, length @20, sent @24, sent's value @32
  (func (export "[async-lift]wasi:http/handler@0.3.0#handle") (param $request i32) (result i32)
    (local $task i32) (local $route i32) (local $subtask i32)
    (global.set $requests (i32.add (global.get $requests) (i32.const 1)))
    (local.set $task (call $alloc (i32.const 16) (i32.const 128)))
    (call $set-context (local.get $task))
    (i32.store (local.get $task) (call $set-new))
    ;; option<string> at 64: tag, pointer, length
    (call $path (local.get $request) (i32.add (local.get $task) (i32.const 64)))
    (call $drop-request (local.get $request))
    (local.set $route (i32.load8_u offset=1 (i32.load offset=68 (local.get $task))))
    (i32.store offset=12 (local.get $task) (local.get $route))
    (i32.store offset=16 (local.get $task) (i32.const 16))
    (i32.store offset=20 (local.get $task) (i32.const 5))
    (if (i32.eq (local.get $route) (i32.const 0x74)) (then unreachable))                       ;; t
    (if (i32.eq (local.get $route) (i32.const 0x6e))                                           ;; n
      (then (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
    (if (i32.eq (local.get $route) (i32.const 0x65))                                           ;; e
      (then
        (call $return (i32.const 1) (i32.const 36) (i32.const 0) (i64.const 0)
          (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
        (return (i32.const 0))))
    (if (i32.eq (local.get $route) (i32.const 0x66))                                           ;; f
      (then
        (i32.store offset=16 (local.get $task) (i32.const 131072))
        (i32.store offset=20 (local.get $task) (i32.const 524288))))
    (if (i32.eq (local.get $route) (i32.const 0x62))                                           ;; b
      (then (call $digit (local.get $task) (global.get $requests))))
    (if (i32.eq (local.get $route) (i32.const 0x67))                                           ;; g
      (then
        (if (i32.eq (i32.load8_u offset=2 (i32.load offset=68 (local.get $task))) (i32.const 0x6f))
          (then (call $digit (local.get $task) (global.get $gone)))                              ;; go
          (else (call $grow (local.get $task))))))
    (if (i32.eq (i32.load8_u offset=2 (i32.load offset=68 (local.get $task))) (i32.const 0x70))  ;; sp
      (then (loop $for-ever (br $for-ever))))
    (if (i32.eq (local.get $route) (i32.const 0x77))                                           ;; w
      (then
        (local.set $subtask (i32.shr_u (call $wait-for (i64.const 300000000)) (i32.const 4)))
        (call $join (local.get $subtask) (i32.load (local.get $task)))
        (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
    (call $respond (local.get $task)))

  (func $digit (param $task i32) (param $n i32)
    (local $at i32)
    (local.set $at (call $alloc (i32.const 1) (i32.const 16)))
    (i32.store8 (local.get $at) (i32.add (i32.const 48) (local.get $n)))
    (i32.store offset=16 (local.get $task) (local.get $at))
    (i32.store offset=20 (local.get $task) (i32.const 1)))

  (func $grow (param $task i32)
    (if (i32.eq (memory.grow (i32.const 1024)) (i32.const -1))
      (then (i32.store offset=16 (local.get $task) (i32.const 64)) (i32.store offset=20 (local.get $task) (i32.const 2)))
      (else (i32.store offset=16 (local.get $task) (i32.const 48)) (i32.store offset=20 (local.get $task) (i32.const 3)))))

  ;; Gives the head of the answer and begins its body.
  (func $respond (param $task i32) (result i32)
    (local $stream i64) (local $future i64) (local $out i32)
    (local.set $stream (call $stream-new))
    (local.set $future (call $future-new))
    (i32.store offset=4 (local.get $task) (i32.wrap_i64 (i64.shr_u (local.get $stream) (i64.const 32))))
    (i32.store offset=8 (local.get $task) (i32.wrap_i64 (i64.shr_u (local.get $future) (i64.const 32))))
    (local.set $out (call $alloc (i32.const 4) (i32.const 8)))
    (call $response (call $fields) (i32.const 1) (i32.wrap_i64 (local.get $stream))
      (i32.wrap_i64 (local.get $future)) (local.get $out))
    (i32.store offset=24 (local.get $task) (i32.load offset=4 (local.get $out)))
    (call $return (i32.const 0) (i32.load (local.get $out)) (i32.const 0) (i64.const 0)
      (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
    (if (i32.eq (i32.load offset=12 (local.get $task)) (i32.const 0x6c))                       ;; l
      (then
        (if (i32.eq (i32.const -1)
              (call $sent-read (i32.load offset=24 (local.get $task)) (i32.add (local.get $task) (i32.const 32))))
          (then
            (call $join (i32.load offset=24 (local.get $task)) (i32.load (local.get $task)))
            (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
        unreachable))
    (call $sent-drop (i32.load offset=24 (local.get $task)))
    ;; stall: "st"
    (if (i32.eq (i32.load8_u offset=2 (i32.load offset=68 (local.get $task))) (i32.const 0x74))
      (then (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
    (call $write (local.get $task)))

  (func $write (param $task i32) (result i32)
    (if (i32.eq (i32.const -1)
          (call $stream-write (i32.load offset=4 (local.get $task)) (i32.load offset=16 (local.get $task))
            (i32.load offset=20 (local.get $task))))
      (then
        (call $join (i32.load offset=4 (local.get $task)) (i32.load (local.get $task)))
        (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
    (if (i32.eq (i32.load offset=12 (local.get $task)) (i32.const 0x66)) (then (return_call $write (local.get $task))))
    (call $end (local.get $task)))

  ;; The body is written: end it and give the trailers.
  (func $end (param $task i32) (result i32)
    (if (i32.eq (i32.load offset=12 (local.get $task)) (i32.const 0x63)) (then unreachable))   ;; c
    (call $stream-drop (i32.load offset=4 (local.get $task)))
    (if (i32.eq (i32.const -1) (call $future-write (i32.load offset=8 (local.get $task)) (i32.const 512)))
      (then
        (call $join (i32.load offset=8 (local.get $task)) (i32.load (local.get $task)))
        (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
    (call $future-drop (i32.load offset=8 (local.get $task)))
    (i32.const 0))

  (func (export "[callback][async-lift]wasi:http/handler@0.3.0#handle")
    (param $event i32) (param $which i32) (param $code i32) (result i32)
    (local $task i32)
    (local.set $task (call $context))
    (call $join (local.get $which) (i32.const 0))
    (if (i32.eq (local.get $event) (i32.const 1))          ;; the clock
      (then
        (if (i32.ne (local.get $code) (i32.const 2))
          (then
            (call $join (local.get $which) (i32.load (local.get $task)))
            (return (i32.or (i32.const 2) (i32.shl (i32.load (local.get $task)) (i32.const 4))))))
        (call $subtask-drop (local.get $which))
        (return (call $respond (local.get $task)))))
    (if (i32.eq (local.get $event) (i32.const 3))          ;; a piece was written, or nobody wants it
      (then
        (if (i32.and (i32.eq (i32.load offset=12 (local.get $task)) (i32.const 0x66))          ;; f
              (i32.eqz (i32.and (local.get $code) (i32.const 15))))
          (then (return (call $write (local.get $task)))))
        (return (call $end (local.get $task)))))
    (if (i32.eq (local.get $event) (i32.const 4))          ;; the answer was sent, or not
      (then
        (if (i32.load8_u offset=32 (local.get $task))
          (then (global.set $gone (i32.add (global.get $gone) (i32.const 1)))))
        (return (i32.const 0))))
    (call $future-drop (i32.load offset=8 (local.get $task)))
    (i32.const 0))
)
