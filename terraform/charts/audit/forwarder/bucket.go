package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// mostLine and mostObject bound what one line and one unpacked object may hold, in bytes.
const (
	mostLine   = 1 << 20
	mostObject = 64 << 20
	page       = 200
)

// errDamaged is an object that can be fetched and not be read: trying again would not help.
var errDamaged = errors.New("the object cannot be unpacked")

type bucketSettings struct {
	endpoint, region, name, credentials, authority string
}

// object is one entry of a listing.
type object struct {
	key    string
	stored time.Time
}

// objectSource is the bucket as it is read here.
type objectSource interface {
	// list gives the keys below prefix that sort after one, in their order, at most one page.
	list(ctx context.Context, prefix, after string) ([]object, error)
	// lines calls each with every line of an object.
	lines(ctx context.Context, key string, each func([]byte) error) error
}

type bucket struct {
	client *s3.Client
	name   string
}

func newBucket(s bucketSettings) (*bucket, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second}
	if s.authority != "" {
		pem, err := os.ReadFile(s.authority)
		if err != nil {
			return nil, fmt.Errorf("read the authority's certificate: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("expected a PEM certificate in %s, found none", s.authority)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	client := s3.New(s3.Options{
		BaseEndpoint: aws.String(s.endpoint), Region: s.region, UsePathStyle: true, RetryMaxAttempts: 1,
		Credentials: aws.NewCredentialsCache(mounted(s.credentials)),
		HTTPClient:  &http.Client{Transport: transport, Timeout: 30 * time.Second},
		// Older endpoints of Linode's object storage know no other checksums.
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
	})
	return &bucket{client: client, name: s.name}, nil
}

// mounted is the folder of a mounted Secret. It is read again every minute, so a rotated key takes effect without a restart.
type mounted string

func (m mounted) Retrieve(context.Context) (aws.Credentials, error) {
	read := func(name string) (string, error) {
		text, err := os.ReadFile(filepath.Join(string(m), name))
		return strings.TrimSpace(string(text)), err
	}
	access, err := read("access_key")
	if err != nil {
		return aws.Credentials{}, err
	}
	secret, err := read("secret_key")
	if err != nil {
		return aws.Credentials{}, err
	}
	return aws.Credentials{AccessKeyID: access, SecretAccessKey: secret, CanExpire: true, Expires: time.Now().Add(time.Minute), Source: string(m)}, nil
}

func (b *bucket) list(ctx context.Context, prefix, after string) ([]object, error) {
	answer, err := b.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &b.name, Prefix: &prefix, StartAfter: &after, MaxKeys: aws.Int32(page)})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", prefix, err)
	}
	found := make([]object, 0, len(answer.Contents))
	for _, each := range answer.Contents {
		found = append(found, object{key: aws.ToString(each.Key), stored: aws.ToTime(each.LastModified)})
	}
	return found, nil
}

func (b *bucket) lines(ctx context.Context, key string, each func([]byte) error) error {
	answer, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key})
	if err != nil {
		return fmt.Errorf("get %s: %w", key, err)
	}
	defer answer.Body.Close()
	return eachLine(answer.Body, strings.HasSuffix(key, ".gz"), each)
}

func eachLine(body io.Reader, packed bool, each func([]byte) error) error {
	if packed {
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
		body = unpacked
	}
	scanner := bufio.NewScanner(io.LimitReader(body, mostObject))
	scanner.Buffer(make([]byte, 0, 64<<10), mostLine)
	for scanner.Scan() {
		if len(strings.TrimSpace(scanner.Text())) == 0 {
			continue
		}
		if err := each(scanner.Bytes()); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return nil
}
