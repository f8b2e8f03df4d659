package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tenon.dev/go/wasi/sockets/v0.3/ipnamelookup"
	"tenon.dev/go/wasi/sockets/v0.3/types"
	"tenon.dev/go/wit"
)

var loopback = types.IPv4Address{F0: 127, F3: 1}

func local(port uint16) types.IPSocketAddress {
	return types.IPSocketAddressIPv4{Value: types.IPv4SocketAddress{Address: loopback, Port: port}}
}

func port(address types.IPSocketAddress, err error) uint16 {
	if err != nil {
		panic(err)
	}
	return address.(types.IPSocketAddressIPv4).Value.Port
}

func sockets(ctx context.Context) error {
	for _, step := range []func(context.Context) error{echo, refused, datagrams, names} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// listen gives the stream of connections and the port of a socket that is closed already.
func listen() (*wit.StreamReader[*types.TCPSocket], uint16, error) {
	socket, err := types.TCPSocketCreate(types.IPAddressFamilyIPv4)
	if err != nil {
		return nil, 0, err
	}
	defer socket.Close()
	if err := socket.Bind(local(0)); err != nil {
		return nil, 0, err
	}
	connections, err := socket.Listen()
	if err != nil {
		return nil, 0, err
	}
	fmt.Println("listening:", socket.GetIsListening(), socket.GetAddressFamily())
	return connections, port(socket.GetLocalAddress()), nil
}

// echo sends what it gets back to where it came from.
func echo(ctx context.Context) error {
	connections, at, err := listen()
	if err != nil {
		return err
	}
	served := make(chan error)
	go func() {
		defer connections.Close()
		for connection := range connections.All() {
			data, end := connection.Receive()
			sent := connection.Send(data)
			connection.Close()
			_, err := end.Await(ctx)
			if err == nil {
				_, err = sent.Await(ctx)
			}
			served <- err
			return
		}
	}()

	client, err := types.TCPSocketCreate(types.IPAddressFamilyIPv4)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Connect(ctx, local(at)); err != nil {
		return err
	}
	remote := port(client.GetRemoteAddress())
	text := strings.Repeat("there and back ", 100_000)
	sent := client.Send(fill([]byte(text)))
	data, end := client.Receive()
	defer data.Close()
	back, err := io.ReadAll(data)
	if err != nil {
		return err
	}
	if _, err := end.Await(ctx); err != nil {
		return err
	}
	if _, err := sent.Await(ctx); err != nil {
		return err
	}
	fmt.Println("echo:", string(back) == text, remote == at, <-served)
	_, err = client.Send(fill([]byte("more"))).Await(ctx)
	fmt.Println("sent twice:", err)
	return nil
}

func refused(ctx context.Context) error {
	connections, at, err := listen()
	if err != nil {
		return err
	}
	// The last that kept the socket open.
	connections.Close()
	client, err := types.TCPSocketCreate(types.IPAddressFamilyIPv4)
	if err != nil {
		return err
	}
	defer client.Close()
	data, end := client.Receive()
	io.ReadAll(data)
	_, err = end.Await(ctx)
	fmt.Println("not connected:", err)
	fmt.Println("refused:", client.Connect(ctx, local(at)))
	return nil
}

func datagrams(ctx context.Context) error {
	var ends [2]*types.UDPSocket
	for i := range ends {
		socket, err := types.UDPSocketCreate(types.IPAddressFamilyIPv4)
		if err != nil {
			return err
		}
		defer socket.Close()
		if err := socket.Bind(local(0)); err != nil {
			return err
		}
		ends[i] = socket
	}
	to := port(ends[1].GetLocalAddress())
	if err := ends[0].Send(ctx, []byte("a datagram"), wit.Some(local(to))); err != nil {
		return err
	}
	data, from, err := ends[1].Receive(ctx)
	fmt.Printf("datagram: %s %t\n", data, port(from, nil) == port(ends[0].GetLocalAddress()))
	return err
}

func names(ctx context.Context) error {
	found, err := ipnamelookup.ResolveAddresses(ctx, "127.0.0.1")
	if err != nil {
		return err
	}
	v4, ok := found[0].(types.IPAddressIPv4)
	fmt.Println("name:", ok && v4.Value == loopback)
	return nil
}
