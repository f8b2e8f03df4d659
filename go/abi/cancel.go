package abi

// A canceller has an operation under way that can be cancelled.
type canceller interface{ cancel() }

// cancels are to be cancelled once an asynchronous task is current: cancelling
// is a synchronous call of the host, which traps in a synchronous task.
var cancels []canceller

// cancelSoon has the loop cancel c.
func cancelSoon(c canceller) {
	wakes.Add(1)
	pin()
	cancels = append(cancels, c)
	unpin()
}

func runCancels() {
	for len(cancels) > 0 {
		batch := cancels
		cancels = nil
		for _, c := range batch {
			c.cancel()
		}
	}
}
