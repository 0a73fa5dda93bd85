// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package enterprise

import (
	"context"
	"errors"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// SendCode sends a verification code to a phone, once: each call sends a message. An
// [*act.Refusal] says also where it is in doubt.
func (m *Machine) SendCode(ctx context.Context, request bssapi.SendMemberCodeRequest) error {
	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return err
	}

	bounded, stop := context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)
	defer stop()

	err := m.client.SendMemberCode(bounded, request)
	if err == nil {
		return nil
	}

	refusal := &act.Refusal{Summary: "Code was not sent", Detail: "The API refused to send a code, and no message was sent.", Err: err}

	switch {
	case errors.Is(err, bssapi.CodeAddressThrottled):
		refusal.Detail += throttledAddress
	case errors.Is(err, bssapi.CodeTooManyCodes):
		refusal.Detail += " Too many codes were sent already. Wait, or use another phone."
	case errors.Is(err, bssapi.CodeCustodyNoCodes):
		refusal.Detail += " An account under financial custody of another one cannot send codes."
	case !bssapi.NotDone(err):
		refusal.Summary = "Code may have been sent"
		refusal.Detail = "A code was asked for once, and the answer leaves open whether a message was sent. It is not asked for again by " +
			"itself, since each time sends a message. Look at the phone before you invoke this again."
	}

	return refusal
}
