package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"
)

// sources is how many ports a hammer sends from in turn. A new pod lives for fewer rounds than that, so none of its senders' ports comes
// back: what is delivered from each was judged as a new flow.
const sources = 32

// burst is how many datagrams are sent at a time; the pauses between make the pace.
const burst = 50

// mostAddresses bounds what one hammer goes through: more would take longer than a new pod lives.
const mostAddresses = 16384

type hammered struct {
	Addresses int `json:"addresses"`
	Rounds    int `json:"rounds"`
	Sent      int `json:"sent"`
	Failed    int `json:"failed"`
	// LongestRound is the most that passed between two datagrams to the same address, in milliseconds.
	LongestRound float64 `json:"longestRound"`
}

type hammer struct {
	line      []byte
	port      int
	addresses []netip.Addr
	pace      int
	hops      int
	// since counts the datagrams since the last pause, over the ends of rounds.
	since int
	mu    sync.Mutex
	done  hammered
}

// hammerAll sends to every address of the networks, over and over: the address of a pod that is about to start is known to nobody else in time.
func hammerAll(ctx context.Context, args []string, out io.Writer) error {
	flags := flagsOf("hammer")
	id := flags.String("id", "", "name that everything sent carries")
	networks := flags.String("networks", "", "networks of pods, separated by commas")
	port := flags.Int("port", 0, "UDP port that is sent to")
	pace := flags.Int("pace", 5000, "datagrams in a second")
	// An address that no pod has is sent from node to node until its hops are used up. Pod, node, node, pod needs three.
	hops := flags.Int("hops", 3, "hops that a datagram lives for")
	if err := parsed(flags, args); err != nil {
		return err
	}
	addresses, err := addressesIn(*networks)
	if err != nil {
		return err
	}
	if !nonces.MatchString(*id) || *port == 0 || *pace < burst {
		return fmt.Errorf("expected -id, -port and a -pace of at least %d, got %q, %d and %d", burst, *id, *port, *pace)
	}
	h := &hammer{line: fmt.Appendf(nil, "%s 0\n", *id), port: *port, addresses: addresses, pace: *pace, hops: *hops, done: hammered{Addresses: len(addresses)}}
	if err := answerAsks(ctx, confidant, func() any { return h.state() }); err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"event\":\"hammering\",\"addresses\":%d}\n", len(addresses))
	return h.run(ctx)
}

func (h *hammer) state() hammered {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.done
}

func (h *hammer) run(ctx context.Context) error {
	sockets, err := h.sockets()
	if err != nil {
		return err
	}
	for round := 0; ctx.Err() == nil; round++ {
		began := time.Now()
		sentNow, failedNow := h.round(ctx, sockets[round%sources])
		h.mu.Lock()
		h.done.Rounds++
		h.done.Sent += sentNow
		h.done.Failed += failedNow
		h.done.LongestRound = max(h.done.LongestRound, float64(time.Since(began).Microseconds())/1000)
		h.mu.Unlock()
	}
	return nil
}

func (h *hammer) round(ctx context.Context, socket *net.UDPConn) (delivered, failed int) {
	pause := time.NewTicker(time.Second * burst / time.Duration(h.pace))
	defer pause.Stop()
	for _, address := range h.addresses {
		if _, err := socket.WriteToUDPAddrPort(h.line, netip.AddrPortFrom(address, uint16(h.port))); err != nil {
			failed++
		} else {
			delivered++
		}
		if h.since++; h.since < burst {
			continue
		}
		h.since = 0
		select {
		case <-ctx.Done():
			return delivered, failed
		case <-pause.C:
		}
	}
	return delivered, failed
}

func (h *hammer) sockets() ([]*net.UDPConn, error) {
	made := make([]*net.UDPConn, sources)
	for index := range made {
		socket, err := net.ListenUDP("udp4", &net.UDPAddr{})
		if err != nil {
			return nil, err
		}
		raw, err := socket.SyscallConn()
		if err != nil {
			return nil, err
		}
		var refused error
		if err := raw.Control(func(fd uintptr) { refused = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_IP, syscall.IP_TTL, h.hops) }); err != nil {
			return nil, err
		}
		if refused != nil {
			return nil, refused
		}
		made[index] = socket
	}
	return made, nil
}

// addressesIn lists the usable addresses of IPv4 networks; neither the first nor the last of each.
func addressesIn(networks string) ([]netip.Addr, error) {
	var all []netip.Addr
	for _, text := range strings.Split(networks, ",") {
		network, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil || !network.Addr().Is4() {
			return nil, fmt.Errorf("expected -networks with IPv4 networks such as 10.244.1.0/24, got %q", text)
		}
		for address := network.Masked().Addr().Next(); network.Contains(address.Next()); address = address.Next() {
			if all = append(all, address); len(all) > mostAddresses {
				return nil, fmt.Errorf("expected networks of at most %d addresses together, got more", mostAddresses)
			}
		}
	}
	return all, nil
}
