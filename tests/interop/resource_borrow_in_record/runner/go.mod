module example.com/interop/resource_borrow_in_record/runner

go 1.24

require tenon.dev/go v0.1.0

replace tenon.dev/go => ../../../../go
