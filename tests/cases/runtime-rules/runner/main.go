// Command runner finds out whether another component's runtime, and its own,
// keep their rules.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"time"

	"example.com/runner/wit/export/running"
	"example.com/runner/wit/rules/test/keeper"
	"tenon.dev/go/wit"
)

func main() {}

func init() { running.Export(program{}) }

type program struct{}

// rules are tried in this order.
var rules = []struct {
	name string
	keep func(context.Context) error
}{
	{"a call that does not wait takes no loop", atOnce},
	{"a synchronous call wakes tasks", syncWakes},
	{"ten thousand tasks in flight", inFlight},
	{"a call that leaves a timer behind", leavesTimer},
	{"finished tasks go though somebody yields", spinning},
	{"finished tasks leave nobody yielding for ever", lingering},
	{"goroutines see the end of the call that started them", seesEnd},
	{"tasks share mutexes, channels and timers", sharing},
	{"ten thousand timers", manyTimers},
	{"a long sleep is one callback", oneCallback},
	{"timers do what they are told", timersObey},
	{"goroutines of a synchronous call go on", sowing},
	{"calls begun while a synchronous export waits", crowding},
	{"random cancellation", cancelling},
	{"two readers of one stream", busy},
	{"a promise that is never resolved", promises},
	{"a resource closed while it is lent", closeWhileLent},
	{"a destructor wakes tasks", destructor},
	{"streams cut short", cutShort},
	{"nothing lingers", nothingLingers},
}

func (program) Run(ctx context.Context) (string, error) {
	for _, rule := range rules {
		if err := rule.keep(ctx); err != nil {
			return rule.name + ": " + err.Error(), nil
		}
	}
	return "all right", nil
}

// crowding has goroutines call the host while a synchronous export waits for
// another: with a task of the keeper's under way, and without.
func crowding(ctx context.Context) error {
	before := keeper.Answered()
	for round := range uint32(2) {
		if err := keeper.Gather(ctx); err != nil {
			return err
		}
		var all sync.WaitGroup
		if round == 1 {
			all.Add(1)
			go func() {
				defer all.Done()
				_, _ = keeper.Hold(ctx, 1)
			}()
			time.Sleep(time.Millisecond)
		}
		if got := keeper.Ask(); got != "known known " {
			return fmt.Errorf("asking gave %q", got)
		}
		keeper.Crowd()
		err := eventually("the host answers", func() bool {
			return keeper.Nap(ctx) == nil && keeper.Answered() == before+2*(round+1)
		})
		if err != nil {
			return err
		}
		if round == 1 {
			keeper.Release()
		}
		all.Wait()
	}
	return nil
}

// eventually asks until the answer is yes; time passes in between.
func eventually(what string, yes func() bool) error {
	for range 500 {
		if yes() {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("never: " + what)
}

// release opens the gate when n calls wait at it.
func release(n uint32) error {
	var held uint32
	return eventually(fmt.Sprint(n, " calls wait"), func() bool {
		held += keeper.Release()
		return held == n
	})
}

// atOnce allows for the scheduler and the collector, which may come in between.
func atOnce(ctx context.Context) error {
	const n = 1000
	for range n {
		if err := keeper.Nothing(ctx); err != nil {
			return err
		}
	}
	if ended := keeper.AtOnce(); ended < n/2 {
		return fmt.Errorf("only %d of %d calls ended at once", ended, n)
	}
	return nil
}

func syncWakes(ctx context.Context) error {
	done := make(chan error, 1)
	go func() {
		n, err := keeper.Hold(ctx, 7)
		if err == nil && n != 7 {
			err = fmt.Errorf("%d instead of 7", n)
		}
		done <- err
	}()
	if err := release(1); err != nil {
		return err
	}
	return <-done
}

func inFlight(ctx context.Context) error {
	const n = 10_000
	var all sync.WaitGroup
	var problem error
	for i := range uint32(n) {
		all.Add(1)
		go func() {
			defer all.Done()
			got, err := keeper.Hold(ctx, i)
			if err == nil && got != i {
				err = fmt.Errorf("%d instead of %d", got, i)
			}
			if err != nil {
				problem = err
			}
		}()
	}
	if err := release(n); err != nil {
		return err
	}
	all.Wait()
	return problem
}

func leavesTimer(ctx context.Context) error {
	const n = 20
	before := keeper.Fired()
	for i := range uint32(n) {
		if err := keeper.Later(ctx, 1+i%4); err != nil {
			return err
		}
	}
	// Nobody calls the component until all of them should have fired; how long
	// that takes is its own business.
	time.Sleep(200 * time.Millisecond)
	return eventually("all timers fire", func() bool { return keeper.Fired() == before+n })
}

func spinning(ctx context.Context) error {
	done := make(chan uint32, 1)
	go func() {
		rounds, _ := keeper.Spin(ctx)
		done <- rounds
	}()
	for range 100 {
		if err := keeper.Nap(ctx); err != nil {
			return err
		}
	}
	if tasks := keeper.Tasks(); tasks > 2 {
		return fmt.Errorf("%d tasks are there after 100 have finished", tasks)
	}
	before := keeper.Callbacks()
	keeper.Stop()
	if rounds := <-done; rounds < 10 {
		return fmt.Errorf("only %d rounds", rounds)
	}
	if after := keeper.Callbacks(); after-before > 10 {
		return fmt.Errorf("%d callbacks to stop", after-before)
	}
	return nil
}

// Several tasks that have returned stay because of what they asked the host for;
// one of them has to yield.
func lingering(ctx context.Context) error {
	const n = 4
	for range n {
		if err := keeper.Linger(ctx); err != nil {
			return err
		}
	}
	return eventually("all come back from Yield", func() bool { return keeper.Lingered() == n })
}

func seesEnd(ctx context.Context) error {
	const n = 100
	for range n {
		if err := keeper.Leave(ctx); err != nil {
			return err
		}
	}
	return eventually("all goroutines see the end", func() bool { return keeper.Left() == n })
}

func sharing(ctx context.Context) error {
	const n = 1000
	answers := make(chan error, n)
	for i := range uint32(n) {
		go func() {
			k := uint64(i % 5)
			want := uint64(i)
			if k > 0 {
				want += k * (k - 1) / 2
			}
			got, err := keeper.Share(ctx, i)
			if err == nil && got != want {
				err = fmt.Errorf("call %d was answered %d instead of %d", i, got, want)
			}
			answers <- err
		}()
	}
	for range n {
		if err := <-answers; err != nil {
			return err
		}
	}
	return nil
}

func manyTimers(ctx context.Context) error {
	const n = 10_000
	before := keeper.Callbacks()
	woken, err := keeper.SleepAll(ctx, n, 50)
	if err != nil {
		return err
	}
	if woken != n {
		return fmt.Errorf("%d of %d goroutines woke", woken, n)
	}
	if callbacks := keeper.Callbacks() - before; callbacks > 1000 {
		return fmt.Errorf("the host called back %d times", callbacks)
	}
	return nil
}

func oneCallback(ctx context.Context) error {
	before := keeper.Callbacks()
	if _, err := keeper.SleepAll(ctx, 1, 1); err != nil {
		return err
	}
	if callbacks := keeper.Callbacks() - before; callbacks > 3 {
		return fmt.Errorf("a sleep took %d callbacks", callbacks)
	}
	return nil
}

func timersObey(ctx context.Context) error {
	if problem, err := keeper.Timers(ctx); problem != "" || err != nil {
		return fmt.Errorf("%s %v", problem, err)
	}
	return nil
}

func sowing(ctx context.Context) error {
	const n = 10
	for range n {
		keeper.Sow()
	}
	// Its goroutines go on when somebody calls.
	return eventually("goroutines go on", func() bool {
		return keeper.Nap(ctx) == nil && keeper.Reaped() == n
	})
}

func cancelling(ctx context.Context) error {
	const n = 500
	answers := make(chan error, n)
	for range n {
		ctx, cancel := context.WithTimeout(ctx, time.Duration(rand.IntN(5000))*time.Microsecond)
		go func() {
			defer cancel()
			_, err := keeper.WaitForCancel(ctx)
			if !errors.Is(err, context.DeadlineExceeded) {
				answers <- fmt.Errorf("ended with %v", err)
				return
			}
			answers <- nil
		}()
	}
	for range n {
		if err := <-answers; err != nil {
			return err
		}
	}
	return nil
}

func busy(ctx context.Context) error {
	never := keeper.Never()
	waiting, cancel := context.WithCancel(ctx)
	first := make(chan error, 1)
	go func() {
		_, err := never.Await(waiting)
		first <- err
	}()
	wit.Yield()
	if _, err := never.Await(ctx); !errors.Is(err, wit.ErrBusy) {
		return fmt.Errorf("the second wait for a future gives %v", err)
	}
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		return fmt.Errorf("the first wait gives %v", err)
	}
	never.Close()
	if _, err := never.Await(ctx); !errors.Is(err, wit.ErrClosed) {
		return fmt.Errorf("waiting for a closed future gives %v", err)
	}

	stream, err := keeper.Texts(ctx, 0)
	if err != nil {
		return err
	}
	stream.Close()
	if _, err := stream.Read(make([]string, 1)); !errors.Is(err, wit.ErrClosed) {
		return fmt.Errorf("reading a closed stream gives %v", err)
	}
	return nil
}

func promises(ctx context.Context) error {
	f := keeper.Forgotten()
	defer f.Close()
	// Its promise is unreachable; the other component's collector finds out.
	done := make(chan error, 1)
	go func() {
		v, err := f.Await(ctx)
		if err == nil && v != "was forgotten" {
			err = errors.New(v)
		}
		done <- err
	}()
	for range 200 {
		select {
		case err := <-done:
			return err
		default:
			if err := keeper.Collect(ctx); err != nil {
				return err
			}
		}
	}
	return errors.New("the promise's cleanup never ran")
}

func closeWhileLent(ctx context.Context) error {
	lock := keeper.NewLock()
	held := make(chan error, 1)
	go func() {
		locks, err := lock.Hold(ctx)
		if err == nil && locks != 1 {
			err = fmt.Errorf("%d locks at the end of the call that borrows one", locks)
		}
		held <- err
	}()
	wit.Yield()
	if err := lock.Close(); err != nil {
		return err
	}
	if locks := keeper.LockCount(); locks != 1 {
		return fmt.Errorf("%d locks while one is lent", locks)
	}
	if err := release(1); err != nil {
		return err
	}
	if err := <-held; err != nil {
		return err
	}
	return eventually("the lock is dropped when the call has ended", func() bool {
		runtime.Gosched()
		return keeper.LockCount() == 0
	})
}

func destructor(ctx context.Context) error {
	lock := keeper.NewLock()
	done := make(chan error, 1)
	go func() {
		locks, err := keeper.LockWait(ctx)
		if err == nil && locks != 0 {
			err = fmt.Errorf("%d locks are left", locks)
		}
		done <- err
	}()
	wit.Yield()
	lock.Close()
	return <-done
}

func cutShort(ctx context.Context) error {
	for n := range 200 {
		texts, err := keeper.Texts(ctx, 100)
		if err != nil {
			return err
		}
		buf := make([]string, 3)
		for got := 0; got < n%10; {
			m, err := texts.Read(buf)
			if err != nil {
				return err
			}
			for _, text := range buf[:m] {
				if want := fmt.Sprint("text ", got); text != want {
					return fmt.Errorf("%q instead of %q", text, want)
				}
				got++
			}
		}
		if n%2 == 0 {
			// A read that is under way ends with the close.
			late, cancel := context.WithTimeout(ctx, time.Microsecond)
			_, _ = texts.ReadContext(late, buf)
			cancel()
		}
		texts.Close()
	}
	bytes, err := keeper.Bytes(ctx)
	if err != nil {
		return err
	}
	defer bytes.Close()
	if n, err := bytes.Read(make([]byte, 7)); n != 7 || err != nil {
		return fmt.Errorf("%d bytes, %v", n, err)
	}
	return nil
}

func nothingLingers(ctx context.Context) error {
	return eventually("the other component has no task left", func() bool {
		if keeper.Nap(ctx) != nil {
			return false
		}
		return keeper.Tasks() <= 1
	})
}
