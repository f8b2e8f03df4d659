// Command slow takes its time.
package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.com/stress/proofs/slow/wit/export/stress/proofs/slow"
)

type service struct{}

func (service) Text(ctx context.Context, n, bytes uint32) (string, error) {
	time.Sleep(time.Duration(n%7) * 100 * time.Microsecond)
	return fmt.Sprintf("number %d", n) + strings.Repeat(".", int(bytes)), nil
}

func (service) Bytes(n uint32) []byte { return make([]byte, n) }

func init() { slow.Export(service{}) }

func main() {}
