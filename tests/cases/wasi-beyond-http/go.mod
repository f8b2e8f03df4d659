module example.com/beyond

go 1.24

require tenon.dev/go v0.1.0

replace tenon.dev/go => ../../../go
