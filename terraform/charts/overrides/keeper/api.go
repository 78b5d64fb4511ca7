package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

const (
	overrideLabel    = "plumbline.dev/override"
	expiryAnnotation = "plumbline.dev/expires-at"
	// watchFor is how long one watch goes on before everything is listed anew: what was lost on the way is found then.
	watchFor       = 30 * time.Second
	requestTimeout = 10 * time.Second
)

// errGone says that what was to be deleted is not there, or is not what it was when it was last seen.
var errGone = errors.New("it is gone or was changed")

// policy is what the keeper reads of a network policy.
type policy struct {
	Metadata struct {
		Name              string            `json:"name"`
		Namespace         string            `json:"namespace"`
		UID               string            `json:"uid"`
		ResourceVersion   string            `json:"resourceVersion"`
		CreationTimestamp time.Time         `json:"creationTimestamp"`
		Labels            map[string]string `json:"labels"`
		Annotations       map[string]string `json:"annotations"`
	} `json:"metadata"`
}

type event struct {
	Type   string `json:"type"`
	Object policy `json:"object"`
}

// cluster is the part of the Kubernetes API that the keeper uses.
type cluster interface {
	// list gives the overrides of a namespace and the version from which a watch goes on.
	list(ctx context.Context, namespace string) ([]policy, string, error)
	// watch calls back for every change until the API server ends it.
	watch(ctx context.Context, namespace, version string, seen func(event)) error
	delete(ctx context.Context, p policy) error
}

type apiSettings struct{ url, token, authority string }

type apiServer struct {
	settings apiSettings
	client   *http.Client
}

func newAPI(s apiSettings) (*apiServer, error) {
	pem, err := os.ReadFile(s.authority)
	if err != nil {
		return nil, fmt.Errorf("read the authority: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("expected a PEM certificate in %s, found none", s.authority)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true}
	return &apiServer{settings: s, client: &http.Client{Transport: transport}}, nil
}

func (a *apiServer) list(ctx context.Context, namespace string) ([]policy, string, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	answer, err := a.ask(ctx, http.MethodGet, pathOf(namespace, "")+"?labelSelector="+url.QueryEscape(overrideLabel), nil)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	var found struct {
		Metadata struct {
			ResourceVersion string `json:"resourceVersion"`
		} `json:"metadata"`
		Items []policy `json:"items"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil {
		return nil, "", fmt.Errorf("read the list: %w", err)
	}
	return found.Items, found.Metadata.ResourceVersion, nil
}

func (a *apiServer) watch(ctx context.Context, namespace, version string, seen func(event)) error {
	ctx, cancel := context.WithTimeout(ctx, watchFor+requestTimeout)
	defer cancel()
	query := url.Values{"labelSelector": {overrideLabel}, "watch": {"true"}, "resourceVersion": {version}, "timeoutSeconds": {fmt.Sprint(int(watchFor.Seconds()))}}
	answer, err := a.ask(ctx, http.MethodGet, pathOf(namespace, "")+"?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	decoder := json.NewDecoder(answer.Body)
	for {
		var next event
		if err := decoder.Decode(&next); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("read the watch: %w", err)
		}
		if next.Type == "ERROR" {
			return errors.New("the API server ended the watch: its version is too old")
		}
		seen(next)
	}
}

// delete removes exactly the object that was seen: one that was made anew or changed since then is looked at again first.
func (a *apiServer) delete(ctx context.Context, p policy) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	body, err := json.Marshal(map[string]any{
		"apiVersion": "v1", "kind": "DeleteOptions",
		"preconditions": map[string]string{"uid": p.Metadata.UID, "resourceVersion": p.Metadata.ResourceVersion},
	})
	if err != nil {
		return err
	}
	answer, err := a.ask(ctx, http.MethodDelete, pathOf(p.Metadata.Namespace, p.Metadata.Name), body)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func pathOf(namespace, name string) string {
	path := "/apis/networking.k8s.io/v1/namespaces/" + url.PathEscape(namespace) + "/networkpolicies"
	if name == "" {
		return path
	}
	return path + "/" + url.PathEscape(name)
}

func (a *apiServer) ask(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	// Read for every request: the kubelet renews it.
	token, err := os.ReadFile(a.settings.token)
	if err != nil {
		return nil, fmt.Errorf("read the token: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(a.settings.url, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Content-Type", "application/json")
	answer, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < http.StatusMultipleChoices {
		return answer, nil
	}
	defer answer.Body.Close()
	if method == http.MethodDelete && (answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusConflict) {
		return nil, errGone
	}
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 600))
	return nil, fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, strings.TrimSpace(string(said)))
}
