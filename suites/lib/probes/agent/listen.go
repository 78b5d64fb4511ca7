package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"time"
)

// patience bounds how long a connected client may take to send its nonce, so that a silent peer cannot hold a socket for ever.
const patience = 10 * time.Second

// nonces are what the probing side makes; anything else is neither answered nor logged, so that a stranger cannot write the log.
var nonces = regexp.MustCompile(`^[A-Za-z0-9-]{8,128}$`)

type options struct {
	id       string
	tcp, udp []int
}

// delivery is one line of the log: an attempt that reached this listener.
type delivery struct {
	Nonce    string `json:"nonce"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
	From     string `json:"from"`
	At       string `json:"at"`
}

// listening is the first line of the log, written once every port is bound.
type listening struct {
	Event string `json:"event"`
	ID    string `json:"id"`
	TCP   []int  `json:"tcp"`
	UDP   []int  `json:"udp"`
}

type listener struct {
	id  string
	mu  sync.Mutex
	log *json.Encoder
}

// listen serves until the context ends. It fails at once when a port cannot be bound: half a listener would make denials of the rest.
func listen(ctx context.Context, wanted options, out io.Writer) error {
	l := &listener{id: wanted.id, log: json.NewEncoder(out)}
	start := listening{Event: "listening", ID: wanted.id, TCP: []int{}, UDP: []int{}}
	for _, port := range wanted.tcp {
		socket, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
		if err != nil {
			return fmt.Errorf("cannot listen on TCP port %d: %w", port, err)
		}
		defer socket.Close()
		start.TCP = append(start.TCP, socket.Addr().(*net.TCPAddr).Port)
		go l.acceptAll(socket)
	}
	for _, port := range wanted.udp {
		socket, err := net.ListenPacket("udp", fmt.Sprintf(":%d", port))
		if err != nil {
			return fmt.Errorf("cannot listen on UDP port %d: %w", port, err)
		}
		defer socket.Close()
		start.UDP = append(start.UDP, socket.LocalAddr().(*net.UDPAddr).Port)
		go l.answerDatagrams(socket)
	}
	l.write(start)
	<-ctx.Done()
	return nil
}

func (l *listener) acceptAll(socket net.Listener) {
	for {
		connection, err := socket.Accept()
		if err != nil {
			return
		}
		go l.answerConnection(connection)
	}
}

func (l *listener) answerConnection(connection net.Conn) {
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	line, err := bufio.NewReaderSize(io.LimitReader(connection, 256), 256).ReadString('\n')
	if err != nil {
		return
	}
	if answer, ok := l.receive(line, connection.LocalAddr(), connection.RemoteAddr()); ok {
		_, _ = io.WriteString(connection, answer)
	}
}

func (l *listener) answerDatagrams(socket net.PacketConn) {
	buffer := make([]byte, 512)
	for {
		size, from, err := socket.ReadFrom(buffer)
		if err != nil {
			return
		}
		if answer, ok := l.receive(string(buffer[:size]), socket.LocalAddr(), from); ok {
			_, _ = socket.WriteTo([]byte(answer), from)
		}
	}
}

// receive logs the delivery before it is answered: a delivery that the client saw is always in the log.
func (l *listener) receive(text string, local, from net.Addr) (string, bool) {
	nonce := strings.TrimRight(text, "\r\n")
	if !nonces.MatchString(nonce) {
		return "", false
	}
	l.write(delivery{
		Nonce: nonce, Protocol: strings.ToUpper(local.Network()), Port: portOf(local), From: from.String(),
		At: time.Now().UTC().Format(time.RFC3339Nano),
	})
	return nonce + " " + l.id + "\n", true
}

func (l *listener) write(line any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.log.Encode(line)
}

func portOf(address net.Addr) int {
	switch at := address.(type) {
	case *net.TCPAddr:
		return at.Port
	case *net.UDPAddr:
		return at.Port
	}
	return 0
}
