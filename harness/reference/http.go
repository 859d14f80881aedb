package reference

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// httpLimit is how long an HTTP server may take for one request.
const httpLimit = 10 * time.Second

// newHTTPClient reaches loopback addresses and nothing else, whatever a name stands for; redirects are not followed.
func newHTTPClient() *http.Client {
	dialer := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		host, _, _ := net.SplitHostPort(address)
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			return fmt.Errorf("%s is no loopback address", address)
		}
		return nil
	}}
	return &http.Client{
		Transport:     &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// httpContext ends with the session and with the server, and after httpLimit.
func (s *session) httpContext() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(s.srv.life, httpLimit)
	s.srv.work.Go(func() {
		select {
		case <-s.ended:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, cancel
}

// httpGet gives what is at a URL, up to most octets and one more.
func (s *session) httpGet(url string, most int64) ([]byte, error) {
	return s.httpDo(http.MethodGet, url, nil, most)
}

// httpPut puts a document at a URL.
func (s *session) httpPut(url string, content []byte) error {
	_, err := s.httpDo(http.MethodPut, url, content, 0)
	return err
}

func (s *session) httpDo(method, url string, content []byte, most int64) ([]byte, error) {
	ctx, cancel := s.httpContext()
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	if content != nil {
		request.Header.Set("Content-Type", "application/xml")
	}
	response, err := s.srv.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode < 200 || response.StatusCode > 299 || s.broken("listed-scheme-refused") {
		return nil, errors.New("the HTTP server answers " + response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, most+1))
}
