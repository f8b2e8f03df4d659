package main

import (
	"context"
	"strings"
	"time"

	"example.com/waiter/wit/export/stress/kitchen/service"
	"example.com/waiter/wit/stress/kitchen/pantry"
	"example.com/waiter/wit/stress/kitchen/plays"
	"tenon.dev/go/wit"
)

// stream is for the orders whose things come one after the other.
func stream(ctx context.Context, order service.Order, n []uint32) (uint64, error) {
	switch order {
	case service.OrderPour:
		return pour(ctx, n[0], n[1], n[2], n[3])
	case service.OrderDigest:
		return plays.Digest(ctx, bytes(n[0], n[1], n[2], n[3]), n[2]+1, n[4])
	case service.OrderNumbers:
		return numbers(ctx, n[0], n[1], n[2], n[3], n[4])
	case service.OrderRoundTrip:
		numbers, err := plays.Numbers(ctx, n[0], n[1], 7, 0)
		if err != nil {
			return 0, err
		}
		return plays.Total(ctx, numbers)
	case service.OrderTexts:
		return texts(ctx, n[0], n[1], n[2], n[3])
	case service.OrderJoin:
		return plays.Join(ctx, lines(n[0], n[1], n[2]), n[3])
	case service.OrderMint:
		return mint(ctx, n[0], n[1], n[2], n[3])
	case service.OrderMelt:
		return plays.Melt(ctx, tokens(n[0], n[1]), n[2])
	case service.OrderNest:
		return nest(ctx, n[0], n[1], n[2], n[3])
	}
	panic("there is no such order")
}

// bytes are the pantry's, some at a time.
func bytes(key, size, chunk, pause uint32) *wit.ByteReader {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		data := pattern(key, size)
		for len(data) > 0 {
			if pause > 0 {
				time.Sleep(millis(pause))
			}
			n, err := w.Write(data[:min(int(chunk), len(data))])
			if err != nil {
				must(err)
				return
			}
			data = data[n:]
		}
	}()
	return r
}

func pour(ctx context.Context, key, size, chunk, take uint32) (uint64, error) {
	poured, err := plays.Pour(ctx, bytes(key, size, chunk, 0), chunk+3)
	if err != nil {
		return 0, err
	}
	defer poured.Close()
	var all []byte
	buf := make([]byte, take)
	for uint32(len(all)) < take {
		n, err := poured.ReadContext(ctx, buf[:take-uint32(len(all))])
		all = append(all, buf[:n]...)
		if err != nil {
			must(err)
			break
		}
	}
	return digest(all), ctx.Err()
}

// some reads what is there until there is nothing, or enough.
func some[T any](ctx context.Context, r *wit.StreamReader[T], take uint32, use func(T)) error {
	defer r.Close()
	buf := make([]T, 5)
	for take > 0 {
		n, err := r.ReadContext(ctx, buf[:min(5, take)])
		for _, item := range buf[:n] {
			use(item)
		}
		take -= uint32(n)
		if err != nil {
			must(err)
			return ctx.Err()
		}
	}
	return nil
}

func numbers(ctx context.Context, first, count, chunk, pause, take uint32) (uint64, error) {
	r, err := plays.Numbers(ctx, first, count, chunk, pause)
	if err != nil {
		return 0, err
	}
	var sum uint64
	err = some(ctx, r, take, func(n uint32) { sum += uint64(n) })
	return sum, err
}

func texts(ctx context.Context, key, count, size, take uint32) (uint64, error) {
	r, err := plays.Texts(ctx, key, count, size)
	if err != nil {
		return 0, err
	}
	var all strings.Builder
	err = some(ctx, r, take, func(text string) { all.WriteString(text) })
	return digest([]byte(all.String())), err
}

func lines(key, count, size uint32) *wit.StreamReader[string] {
	w, r := wit.NewStream[string]()
	go func() {
		defer w.Close()
		for i := range count {
			if _, err := w.Write([]string{strings.Repeat(string(rune('a'+(key+i)%26)), int(size))}); err != nil {
				must(err)
				return
			}
		}
	}()
	return r
}

func mint(ctx context.Context, first, count, pause, take uint32) (uint64, error) {
	r, err := plays.Mint(ctx, first, count, pause)
	if err != nil {
		return 0, err
	}
	var sum uint64
	err = some(ctx, r, take, func(token *pantry.Token) {
		sum += uint64(token.Number())
		token.Close()
	})
	return sum, err
}

func tokens(first, count uint32) *wit.StreamReader[*pantry.Token] {
	w, r := wit.NewStream[*pantry.Token]()
	go func() {
		defer w.Close()
		var all []*pantry.Token
		for i := range count {
			token, err := pantry.Issue(context.Background(), first+i, 0)
			if err != nil {
				panic(err)
			}
			all = append(all, token)
		}
		n, err := w.Write(all)
		must(err)
		for _, token := range all[n:] {
			token.Number() // still usable
			token.Close()
		}
	}()
	return r
}

func nest(ctx context.Context, key, count, size, take uint32) (uint64, error) {
	r, err := plays.Nest(ctx, key, count, size)
	if err != nil {
		return 0, err
	}
	var readers []*wit.ByteReader
	err = some(ctx, r, take, func(inner *wit.ByteReader) { readers = append(readers, inner) })
	var all []byte
	for _, inner := range readers {
		buf := make([]byte, 1000)
		for err == nil {
			var n int
			n, e := inner.ReadContext(ctx, buf)
			all = append(all, buf[:n]...)
			if e != nil {
				must(e)
				break
			}
		}
		inner.Close()
	}
	return digest(all), ctx.Err()
}
