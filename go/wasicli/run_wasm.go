//lint:file-ignore U1000 the host calls what is exported here, and staticcheck does not know of go:wasmexport

package wasicli

import (
	_ "unsafe" // for linkname

	"tenon.dev/go/abi"
)

//go:linkname mainMain main.main
func mainMain()

//go:wasmimport [export]wasi:cli/run@0.3.0 [task-return]run
func taskReturnRun(failed uint32)

//go:wasmexport [async-lift]wasi:cli/run@0.3.0#run
func exportRun() uint32 {
	return abi.Start("wasi:cli/run@0.3.0#run", func(t *abi.Task) {
		t.Abandon()
		mainMain()
		t.Return(func(*abi.Call) { taskReturnRun(0) })
	})
}

//go:wasmexport [callback][async-lift]wasi:cli/run@0.3.0#run
func callbackRun(event, waitable, code uint32) uint32 {
	return abi.Callback(event, waitable, code)
}
