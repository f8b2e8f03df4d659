module example.com/app

go 1.24

require tenon.dev/go v0.1.0

replace tenon.dev/go => ../../../../go

require (
	example.com/newer v1.0.0
	example.com/older v1.0.0
)

replace (
	example.com/newer => ../newer
	example.com/older => ../older
)
