package main

import (
	"net"
	"sync/atomic"
)

// Ports that flows are sent from, one after the other. At one attempt in three milliseconds none comes back for three minutes, and nodes
// forget an answered datagram's flow after 30 s. A port that the kernel chose might be known to them still, and would pass unjudged.
const (
	lowestPort = 2048
	freshPorts = 65536 - lowestPort
)

var flows atomic.Uint32

// dialFresh opens a UDP socket to the target from the next free port.
func dialFresh(target string) (*net.UDPConn, error) {
	address, err := net.ResolveUDPAddr("udp", target)
	if err != nil {
		return nil, err
	}
	var socket *net.UDPConn
	// A port may be in use, by a listener or by an attempt that still waits.
	for range 100 {
		socket, err = net.DialUDP("udp", &net.UDPAddr{Port: lowestPort + int(flows.Add(1)%freshPorts)}, address)
		if err == nil {
			return socket, nil
		}
	}
	return nil, err
}
