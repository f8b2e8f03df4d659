package abi

// NewErrorContext makes an error-context of a message and returns its handle.
func NewErrorContext(message string) uint32 {
	c := NewCall()
	defer c.Free()
	data, n := c.String(message)
	return errorContextNew(data, n)
}

// ErrorContextMessage is the message of an error-context.
func ErrorContextMessage(handle uint32) string {
	c := NewCall()
	defer c.Free()
	ret := c.Alloc(8, 4)
	errorContextDebugMessage(handle, ret)
	return LoadString(ret)
}

// DropErrorContext drops the handle of an error-context.
func DropErrorContext(handle uint32) { errorContextDrop(handle) }

// Hold makes r, which is not one yet, an own handle, as Own does for a new
// value.
func (r *Resource) Hold(handle uint32, drop func(uint32)) {
	*r = Resource{handle: handle, state: resourceOwned, drop: drop}
	r.watch()
}

// Held is the handle of r, unless it has none, or none any more.
func (r *Resource) Held() (handle uint32, ok bool) {
	return r.handle, r.state == resourceOwned
}
