package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
)

// confidant is where a mode that runs on can be asked how it stands. An abstract name: it needs no file, and only the pod itself sees it.
const confidant = "@plumbline-probe-agent"

// answerAsks tells whoever connects what `state` says at that moment, until the context ends.
func answerAsks(ctx context.Context, name string, state func() any) error {
	socket, err := net.Listen("unix", name)
	if err != nil {
		return fmt.Errorf("cannot be asked: %w", err)
	}
	go func() {
		<-ctx.Done()
		_ = socket.Close()
	}()
	go func() {
		for {
			connection, err := socket.Accept()
			if err != nil {
				return
			}
			_ = json.NewEncoder(connection).Encode(state())
			_ = connection.Close()
		}
	}()
	return nil
}

// askRunning prints what the mode that runs in the same pod answers.
func askRunning(name string, out io.Writer) error {
	connection, err := net.Dial("unix", name)
	if err != nil {
		return fmt.Errorf("expected a mode that can be asked to run in this pod: %w", err)
	}
	defer connection.Close()
	_, err = io.Copy(out, connection)
	return err
}
