package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// pause is how long the keeper waits after a request that failed.
const pause = time.Second

// keeper knows the overrides of the environments and when each ends.
type keeper struct {
	cluster    cluster
	namespaces []string
	longest    time.Duration
	now        func() time.Time

	mu    sync.Mutex
	known map[string]map[string]policy
	// looked is when a namespace was last seen whole.
	looked  map[string]time.Time
	later   map[string]time.Time
	deleted int
	errors  int
}

func newKeeper(c cluster, namespaces []string, longest time.Duration, now func() time.Time) *keeper {
	k := &keeper{cluster: c, namespaces: namespaces, longest: longest, now: now, known: map[string]map[string]policy{}, looked: map[string]time.Time{}, later: map[string]time.Time{}}
	for _, namespace := range namespaces {
		k.known[namespace] = map[string]policy{}
	}
	return k
}

// endOf is when an override ends: when it says so, and in any case when no override may be open any longer. What it says and cannot be
// read does not make it eternal.
func endOf(p policy, longest time.Duration) time.Time {
	latest := p.Metadata.CreationTimestamp.Add(longest)
	said, err := time.Parse(time.RFC3339, p.Metadata.Annotations[expiryAnnotation])
	if err != nil || said.After(latest) {
		return latest
	}
	return said
}

// follow keeps what is known of one namespace up to date until the context ends.
func (k *keeper) follow(ctx context.Context, namespace string) {
	for ctx.Err() == nil {
		if err := k.look(ctx, namespace); err != nil && ctx.Err() == nil {
			k.failed("a namespace could not be watched", "namespace", namespace, "error", err.Error())
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	}
}

func (k *keeper) look(ctx context.Context, namespace string) error {
	found, version, err := k.cluster.list(ctx, namespace)
	if err != nil {
		return err
	}
	k.replace(namespace, found)
	return k.cluster.watch(ctx, namespace, version, func(e event) { k.saw(namespace, e) })
}

func (k *keeper) replace(namespace string, found []policy) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known[namespace] = map[string]policy{}
	for _, each := range found {
		k.note(namespace, each)
	}
	k.looked[namespace] = k.now()
}

func (k *keeper) saw(namespace string, e event) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch e.Type {
	case "ADDED", "MODIFIED":
		k.note(namespace, e.Object)
	case "DELETED":
		delete(k.known[namespace], e.Object.Metadata.Name)
	}
}

// note remembers an override. What lacks the label is none, whatever the selector let through.
func (k *keeper) note(namespace string, p policy) {
	if _, labelled := p.Metadata.Labels[overrideLabel]; !labelled {
		return
	}
	k.known[namespace][p.Metadata.Name] = p
}

// sweep deletes every override whose end has come. What cannot be deleted is tried again a moment later.
func (k *keeper) sweep(ctx context.Context) {
	for _, each := range k.due() {
		err := k.cluster.delete(ctx, each)
		at := k.now()
		switch {
		case err == nil:
			k.forget(each, true)
			slog.Info("an override ended", "override", each.Metadata.Labels[overrideLabel], "namespace", each.Metadata.Namespace, "policy", each.Metadata.Name,
				"approval", each.Metadata.Annotations["plumbline.dev/approval"], "expires_at", each.Metadata.Annotations[expiryAnnotation],
				"late_seconds", at.Sub(endOf(each, k.longest)).Seconds())
		case errors.Is(err, errGone):
			k.forget(each, false)
		case ctx.Err() == nil:
			k.postpone(each)
			k.failed("an override could not be ended", "override", each.Metadata.Labels[overrideLabel], "namespace", each.Metadata.Namespace, "policy", each.Metadata.Name, "error", err.Error())
		}
	}
}

func (k *keeper) due() []policy {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	var found []policy
	for _, namespace := range k.namespaces {
		for _, each := range k.known[namespace] {
			if !endOf(each, k.longest).After(now) && !k.later[each.Metadata.UID].After(now) {
				found = append(found, each)
			}
		}
	}
	return found
}

// forget drops an override, unless a newer one of its name is known by now.
func (k *keeper) forget(p policy, deleted bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.later, p.Metadata.UID)
	if known, ok := k.known[p.Metadata.Namespace][p.Metadata.Name]; ok && known.Metadata.ResourceVersion == p.Metadata.ResourceVersion {
		delete(k.known[p.Metadata.Namespace], p.Metadata.Name)
	}
	if deleted {
		k.deleted++
	}
}

func (k *keeper) postpone(p policy) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.later[p.Metadata.UID] = k.now().Add(pause)
}

func (k *keeper) failed(message string, details ...any) {
	k.mu.Lock()
	k.errors++
	k.mu.Unlock()
	slog.Warn(message, details...)
}
