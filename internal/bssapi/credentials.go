// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Credentials gives the keys for a request. It is safe for concurrent use.
type Credentials interface {
	// Retrieve returns keys that are valid now, getting new ones if needed.
	Retrieve(ctx context.Context) (Keys, error)
}

// Keys are an access key pair, perhaps temporary, or a token. Printing them
// shows no secret.
type Keys struct {
	AccessKey, SecretKey string
	// SecurityToken belongs to temporary keys.
	SecurityToken string
	// Token is an IAM token, sent instead of a signature.
	Token string
	// Expires is when the keys end; zero if that is not known.
	Expires time.Time
}

// String describes the keys without a secret.
func (k Keys) String() string {
	switch {
	case k.Token != "":
		return "token [redacted]"
	case k.AccessKey == "":
		return "no keys"
	case k.SecurityToken != "":
		return "temporary access key [redacted]"
	}

	return "access key [redacted]"
}

// GoString is as String.
func (k Keys) GoString() string { return k.String() }

// Format is as String, whatever the verb.
func (k Keys) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(k.String())) }

// MarshalText is as String, so that no encoder writes a secret.
func (k Keys) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// StaticCredentials always gives these keys.
func StaticCredentials(keys Keys) Credentials {
	return staticCredentials(func() Keys { return keys })
}

// staticCredentials is a function because printing a struct around it would
// show the fields of a struct, past its methods.
type staticCredentials func() Keys

func (c staticCredentials) Retrieve(context.Context) (Keys, error) { return c(), nil }

// CredentialsError says why there are no usable credentials.
type CredentialsError struct {
	// Missing names the missing variable or argument if half of a pair is set,
	// else "".
	Missing string
	// Argument is where the configuration asks for what does not exist, for example
	// "profile" or "assume_role_with_oidc.idp_id"; "" where it does not.
	Argument string
	// Source is the place that is at fault, "" if nothing was found at all.
	Source string
	// Looked are the places that were looked at, in order.
	Looked []string
	// Reason says what is wrong.
	Reason string
	// Hint is what to do about it, "" where Reason says so, and with Unheard.
	Hint string
	// Unheard is why the identity service was not reached, or failed, before it looked at
	// what it was asked; nil where it refused. It is not unwrapped: it says nothing about the
	// call that the keys are for.
	Unheard error
}

func (e *CredentialsError) Error() string {
	var b strings.Builder
	b.WriteString("no usable credentials: ")
	if e.Source != "" {
		b.WriteString(e.Source + ": ")
	}
	b.WriteString(e.Reason)
	if len(e.Looked) > 0 {
		b.WriteString(" (looked at: " + strings.Join(e.Looked, "; ") + ")")
	}

	return b.String()
}
