package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/kitchen/wit/stress/kitchen/pantry"
	"tenon.dev/go/wit"
)

// must reports an error that nothing explains: streams end, or a context does.
func must(err error) {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrClosedPipe) && !errors.Is(err, context.Canceled) &&
		!errors.Is(err, context.DeadlineExceeded) {
		panic(err)
	}
}

func (kitchen) Pour(_ context.Context, data *wit.ByteReader, chunk uint32) (*wit.ByteReader, error) {
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		defer data.Close()
		_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{data}, make([]byte, chunk))
		must(err)
	}()
	return r, nil
}

func (kitchen) Digest(ctx context.Context, data *wit.ByteReader, chunk, patience uint32) (uint64, error) {
	defer data.Close()
	limited, cancel := context.WithTimeout(ctx, millis(patience))
	defer cancel()
	var all []byte
	buf := make([]byte, chunk)
	for {
		n, err := data.ReadContext(limited, buf)
		all = append(all, buf[:n]...)
		if err != nil {
			must(err)
			return digest(all...), ctx.Err()
		}
	}
}

func (kitchen) Numbers(_ context.Context, first, count, chunk, pause uint32) (*wit.StreamReader[uint32], error) {
	w, r := wit.NewStream[uint32]()
	go func() {
		defer w.Close()
		var items []uint32
		for i := range count {
			items = append(items, first+i)
			if uint32(len(items)) == chunk || i == count-1 {
				if pause > 0 {
					time.Sleep(millis(pause))
				}
				if n, err := w.Write(items); err != nil {
					must(err)
					if n > len(items) {
						panic("more was taken than there was")
					}
					return
				}
				items = items[:0]
			}
		}
	}()
	return r, nil
}

func (kitchen) Total(ctx context.Context, numbers *wit.StreamReader[uint32]) (uint64, error) {
	defer numbers.Close()
	var sum uint64
	buf := make([]uint32, 10)
	for {
		n, err := numbers.ReadContext(ctx, buf)
		for _, number := range buf[:n] {
			sum += uint64(number)
		}
		if err != nil {
			must(err)
			return sum, ctx.Err()
		}
	}
}

func text(key, size uint32) string {
	return fmt.Sprint(key, ":", strings.Repeat("ä", int(size)))
}

func (kitchen) Texts(_ context.Context, key, count, size uint32) (*wit.StreamReader[string], error) {
	w, r := wit.NewStream[string]()
	go func() {
		defer w.Close()
		var items []string
		for i := range count {
			items = append(items, text(key+i, size))
			if i%3 == 2 || i == count-1 {
				if _, err := w.Write(items); err != nil {
					must(err)
					return
				}
				items = nil
			}
		}
	}()
	return r, nil
}

func (kitchen) Join(ctx context.Context, texts *wit.StreamReader[string], take uint32) (uint64, error) {
	defer texts.Close()
	var all strings.Builder
	for range take {
		var buf [1]string
		n, err := texts.ReadContext(ctx, buf[:])
		if n == 0 {
			must(err)
			break
		}
		all.WriteString(buf[0])
	}
	return digest([]byte(all.String())...), ctx.Err()
}

func (kitchen) Mint(_ context.Context, first, count, pause uint32) (*wit.StreamReader[*pantry.Token], error) {
	w, r := wit.NewStream[*pantry.Token]()
	go func() {
		defer w.Close()
		for i := 0; i < int(count); i += 2 {
			var tokens []*pantry.Token
			for j := i; j < min(i+2, int(count)); j++ {
				token, err := pantry.Issue(context.Background(), first+uint32(j), pause)
				if err != nil {
					panic(err)
				}
				tokens = append(tokens, token)
			}
			n, err := w.Write(tokens)
			for _, token := range tokens[n:] {
				token.Number() // still usable
				token.Close()
			}
			if err != nil {
				must(err)
				return
			}
		}
	}()
	return r, nil
}

func (kitchen) Melt(ctx context.Context, tokens *wit.StreamReader[*pantry.Token], take uint32) (uint64, error) {
	defer tokens.Close()
	var sum uint64
	buf := make([]*pantry.Token, 3)
	for take > 0 {
		n, err := tokens.ReadContext(ctx, buf[:min(3, take)])
		for _, token := range buf[:n] {
			sum += melt(ctx, token)
		}
		take -= uint32(n)
		if err != nil {
			must(err)
			break
		}
	}
	return sum, ctx.Err()
}

// melt gives the token away, or closes it.
func melt(ctx context.Context, token *pantry.Token) uint64 {
	defer token.Close()
	number := token.Number()
	if number%2 == 1 {
		_, err := pantry.Redeem(ctx, token, 5)
		must(err)
	}
	return uint64(number)
}

func (kitchen) Nest(_ context.Context, key, count, size uint32) (*wit.StreamReader[*wit.ByteReader], error) {
	w, r := wit.NewStream[*wit.ByteReader]()
	go func() {
		defer w.Close()
		for i := range count {
			inner, reader := wit.NewByteStream()
			go func() {
				defer inner.Close()
				_, err := inner.Write([]byte(text(key+i, size)))
				must(err)
			}()
			if n, err := w.Write([]*wit.ByteReader{reader}); err != nil {
				must(err)
				if n == 0 {
					reader.Close()
				}
				return
			}
		}
	}()
	return r, nil
}

func (kitchen) Local(ctx context.Context, key, size, chunk, pause uint32) (uint64, error) {
	data, err := pantry.Fetch(ctx, key, size, pause)
	if err != nil {
		return 0, err
	}
	w, r := wit.NewByteStream()
	go func() {
		defer w.Close()
		for len(data) > 0 {
			n := min(int(chunk), len(data))
			if _, err := w.Write(data[:n]); err != nil {
				must(err)
				return
			}
			data = data[n:]
			if pause > 0 {
				time.Sleep(millis(pause))
			}
		}
	}()
	defer r.Close()
	all, err := io.ReadAll(r)
	return digest(all...), err
}

func (kitchen) Sip(_ context.Context, key, size, chunk, pause, take uint32) (uint64, error) {
	r := pantry.Feed(key, size, chunk, pause)
	defer r.Close()
	all, err := io.ReadAll(io.LimitReader(r, int64(take)))
	return digest(all...), err
}

// tasks is how many calls of asynchronous functions are under way, as the
// runtime's own list has it.
func tasks() (n uint32) {
	var list strings.Builder
	wit.DumpTasks(&list)
	head, _, _ := strings.Cut(list.String(), "\n")
	_, rest, _ := strings.Cut(head, " tasks: ")
	fmt.Sscan(rest, &n)
	return n
}
