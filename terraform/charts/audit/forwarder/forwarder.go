package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

const (
	// batch is how many records are posted at once.
	batch = 500
	// patience is how often a damaged object is tried before it is passed over.
	patience = 5
	// checkAgain is how often the log store is asked whether it still holds what it was given.
	checkAgain = 30 * time.Second
)

// forwarder brings one stream into the log store. Where it goes on is asked of the log store itself, so nothing else keeps a position:
// after a restart the last object is brought once more, and a store that was emptied is filled again from the bucket.
type forwarder struct {
	stream
	environments environments
	objects      objectSource
	store        recordSink
	metrics      *metrics
	retention    time.Duration
	now          func() time.Time

	cursor  string
	checked time.Time
	failure int
	// gathered is when each key of a stream that gathers was brought, or seen in the log store.
	gathered map[string]time.Time
}

// round brings what is new. What fails is counted, said and tried again in the next round.
func (f *forwarder) round(ctx context.Context) {
	if err := f.bring(ctx); err != nil && ctx.Err() == nil {
		f.metrics.failed(f.source)
		slog.Warn("a round failed", "source", f.source, "after", f.cursor, "error", err.Error())
		return
	}
	f.metrics.succeeded(f.source, f.now())
}

func (f *forwarder) bring(ctx context.Context) error {
	if f.gathers {
		return f.gather(ctx)
	}
	if err := f.position(ctx); err != nil {
		return err
	}
	for {
		found, err := f.objects.list(ctx, f.prefix, f.cursor)
		if err != nil {
			return err
		}
		for _, each := range found {
			if err := f.forward(ctx, each); err != nil {
				return err
			}
			f.cursor = each.key
		}
		if len(found) < page {
			return nil
		}
	}
}

// position finds out where to go on, at the start and when the log store has lost what it held.
func (f *forwarder) position(ctx context.Context) error {
	if f.cursor != "" && f.now().Sub(f.checked) < checkAgain {
		return nil
	}
	newest, err := f.store.newest(ctx, f.source)
	if err != nil {
		return err
	}
	f.checked = f.now()
	switch {
	case newest == "":
		f.cursor = f.start(f.now().Add(-f.retention))
	case f.cursor == "":
		// The object may have been posted in part only.
		f.cursor = before(newest)
	}
	return nil
}

// gather brings what the log store does not hold of everything that it would keep, in whatever order it was stored.
func (f *forwarder) gather(ctx context.Context) error {
	if err := f.recall(ctx); err != nil {
		return err
	}
	for after := f.start(f.now().Add(-f.retention)); ; {
		found, err := f.objects.list(ctx, f.prefix, after)
		if err != nil {
			return err
		}
		for _, each := range found {
			after = each.key
			if _, brought := f.gathered[each.key]; brought {
				continue
			}
			if err := f.forward(ctx, each); err != nil {
				return err
			}
			f.gathered[each.key] = f.now()
		}
		if len(found) < page {
			return nil
		}
	}
}

// recall asks the log store what it holds, at the start and every now and then. What was brought just before may not be found there yet.
func (f *forwarder) recall(ctx context.Context) error {
	if f.gathered != nil && f.now().Sub(f.checked) < checkAgain {
		return nil
	}
	held, err := f.store.held(ctx, f.source)
	if err != nil {
		return err
	}
	gathered := map[string]time.Time{}
	for key := range held {
		gathered[key] = f.now()
	}
	for key, at := range f.gathered {
		if f.now().Sub(at) < checkAgain {
			gathered[key] = at
		}
	}
	f.checked, f.gathered = f.now(), gathered
	return nil
}

// before is a key that sorts before another and after every one that does so, as far as keys are text without a tilde.
func before(key string) string {
	last := len(key) - 1
	return key[:last] + string(key[last]-1) + "~"
}

func (f *forwarder) forward(ctx context.Context, from object) error {
	pending := []record{}
	flush := func() error {
		if len(pending) == 0 {
			return nil
		}
		if err := f.store.insert(ctx, pending); err != nil {
			return fmt.Errorf("insert records of %s: %w", from.key, err)
		}
		f.metrics.forwarded(f.source, len(pending), f.now().Sub(timeOf(pending[len(pending)-1])))
		pending = pending[:0]
		return nil
	}
	line := 0
	err := f.objects.lines(ctx, from.key, func(text []byte) error {
		line++
		made := recordOf(text, f.stream, f.environments, position{key: from.key, line: line, stored: from.stored})
		// When it came here: the log store itself does not say.
		made["forwarded_at"] = f.now().UTC().Format(time.RFC3339Nano)
		pending = append(pending, made)
		if len(pending) < batch {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return f.orPassedOver(from.key, err)
}

// orPassedOver gives up on an object that cannot be read: one of them must not hold up all that come after it.
func (f *forwarder) orPassedOver(key string, err error) error {
	if !errors.Is(err, errDamaged) {
		return err
	}
	f.failure++
	if f.failure < patience {
		return err
	}
	f.failure = 0
	f.metrics.passedOver(f.source)
	slog.Error("an object is passed over", "object", key, "error", err.Error())
	return nil
}

func timeOf(r record) time.Time {
	at, err := time.Parse(time.RFC3339Nano, r["_time"])
	if err != nil {
		return time.Time{}
	}
	return at
}
