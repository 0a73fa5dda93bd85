// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const (
	metadataEndpoint = "http://169.254.169.254"
	metadataTimeout  = 3 * time.Second
	// ofMetadata begins errors of a run whose keys are of the metadata.
	ofMetadata = "temporary keys from the instance metadata: "
)

// metadata asks the metadata of the cloud server that this runs on, once.
func (f *search) metadata(ctx context.Context) (*FoundCredentials, error) {
	if f.askedMetadata {
		return nil, nil
	}
	f.askedMetadata = true
	endpoint := firstOf(f.s.MetadataEndpoint, metadataEndpoint)
	if endpoint == "off" {
		f.look("the instance metadata (switched off)")

		return nil, nil
	}
	place := "the instance metadata at " + endpoint
	f.look(place)
	transport := f.s.Transport
	if transport == nil {
		// Metadata is on the link itself: no proxy, and no long waiting for it.
		transport = &http.Transport{DialContext: (&net.Dialer{Timeout: metadataTimeout}).DialContext}
	}
	server := metadataServer{
		endpoint: strings.TrimRight(endpoint, "/"),
		client:   &http.Client{Transport: transport, Timeout: metadataTimeout},
	}
	credentials := newTemporaryCredentials(f.s.Clock, func(ctx context.Context) (Keys, error) {
		keys, err := server.fetch(ctx)
		if err != nil {
			err = fmt.Errorf("%s%w", ofMetadata, err)
		}

		return keys, err
	})
	if _, err := credentials.Retrieve(ctx); err != nil {
		f.note(place + ": " + excerpt(strings.TrimPrefix(err.Error(), ofMetadata), mostMessage))

		return nil, ctx.Err()
	}

	return &FoundCredentials{Credentials: credentials, DomainID: f.s.DomainID, Source: "the instance metadata"}, nil
}

// metadataServer gives the temporary keys of a cloud server's agency.
type metadataServer struct {
	endpoint string
	client   *http.Client
}

// securityKeyResponse is how the metadata and the identity service give temporary keys.
type securityKeyResponse struct {
	Credential struct {
		Access        string `json:"access"`
		Secret        string `json:"secret"`
		SecurityToken string `json:"securitytoken"`
		ExpiresAt     string `json:"expires_at"`
	} `json:"credential"`
}

func (m metadataServer) fetch(ctx context.Context) (Keys, error) {
	const path = "/openstack/latest/securitykey"
	status, data, err := m.ask(ctx, http.MethodGet, path, "", "")
	if err == nil && status == http.StatusUnauthorized {
		// Servers can be set to give their metadata only with a session token.
		var token []byte
		status, token, err = m.ask(ctx, http.MethodPut, "/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "300")
		if err == nil && status == http.StatusOK {
			status, data, err = m.ask(ctx, http.MethodGet, path, "X-Metadata-Token", strings.TrimSpace(string(token)))
		}
	}
	if err != nil {
		return Keys{}, err
	}
	if status != http.StatusOK {
		return Keys{}, fmt.Errorf("HTTP %d", status)
	}
	var answer securityKeyResponse
	if json.Unmarshal(data, &answer) != nil || answer.Credential.Access == "" || answer.Credential.Secret == "" {
		return Keys{}, errors.New("the answer holds no keys")
	}
	expires, err := ParseTime(answer.Credential.ExpiresAt)
	if err != nil {
		return Keys{}, fmt.Errorf("the end of the keys: %w", err)
	}

	return Keys{
		AccessKey:     answer.Credential.Access,
		SecretKey:     answer.Credential.Secret,
		SecurityToken: answer.Credential.SecurityToken,
		Expires:       expires,
	}, nil
}

func (m metadataServer) ask(ctx context.Context, method, path, header, value string) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, m.endpoint+path, nil)
	if err != nil {
		return 0, nil, err
	}
	if header != "" {
		req.Header.Set(header, value)
	}
	resp, err := m.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))

	return resp.StatusCode, data, err
}
