// Package wasicli makes an ordinary Go program a command of the component
// model: importing it exports wasi:cli/run@0.3, which runs func main.
//
//	import _ "tenon.dev/go/wasicli"
//
// As in any Go program, main may start goroutines, sleep and read files, and
// the program ends when main returns or os.Exit is called.
package wasicli
