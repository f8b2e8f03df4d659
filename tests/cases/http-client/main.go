// Command client asks a service that redirects, one that is slow, and one that
// is not there.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	_ "tenon.dev/go/wasicli"
	"tenon.dev/go/wasihttp/transport"
)

func main() {
	service, slow := os.Args[1], os.Args[2]
	client := &http.Client{Transport: &transport.Transport{}}

	response, err := client.Get(service + "/old")
	if err != nil {
		panic(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Printf("redirect: %s from %s\n", body, response.Request.URL.Path)

	impatient := &http.Client{Transport: client.Transport, Timeout: 50 * time.Millisecond}
	_, err = impatient.Get(slow)
	var e *url.Error
	fmt.Println("time-out:", errors.As(err, &e) && e.Timeout())

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, slow, nil)
	if err != nil {
		panic(err)
	}
	_, err = client.Do(request)
	fmt.Println("deadline:", errors.Is(err, context.DeadlineExceeded))

	_, err = client.Get("http://127.0.0.1:1/")
	fmt.Println("refused:", errors.Unwrap(err))
}
