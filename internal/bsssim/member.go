// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// PhoneCode is a verification code that was sent to a phone. The number and the code
// are nowhere in the world: the code follows from the number of the message and the
// phone.
type PhoneCode struct {
	Message int `json:"message"`
	// Phone is a digest of the number.
	Phone   string    `json:"phone"`
	Expires time.Time `json:"expires"`
	// Used says that a member was created with it.
	Used bool `json:"used,omitempty"`
}

const (
	memberCreating = 2

	// codeMinutes is how long a code lives where the call does not say it, or says more
	// than mostCodeMinutes.
	codeMinutes     = 10
	mostCodeMinutes = 60
	longCodeMinutes = 5
	// codesPerDay is how many codes a phone gets in a day.
	codesPerDay = 10
)

func digestOf(phone string) string {
	sum := sha256.Sum256([]byte(phone))

	return hex.EncodeToString(sum[:8])
}

// text is the code as the message has it.
func (c *PhoneCode) text(phone string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", c.Message, phone))

	return fmt.Sprintf("%06d", (int(sum[0])<<16|int(sum[1])<<8|int(sum[2]))%1000000)
}

// sendCode sends a code to a phone.
func sendCode(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	arguments, _ := c.values["sm_template_args"].([]any)
	named := slices.ContainsFunc(arguments, func(argument any) bool {
		fields, _ := argument.(map[string]any)

		return fields["key"] == "sub_customer_name"
	})
	if !named {
		return answer{}, badParameter("sm_template_args", "no sub_customer_name")
	}
	minutes, now := c.number("timeout", codeMinutes), w.clock.now()
	switch {
	case minutes == 0:
		minutes = codeMinutes
	case minutes > mostCodeMinutes:
		minutes = longCodeMinutes
	}
	phone, today := digestOf(c.text("mobile_phone")), 0
	for _, code := range w.Codes {
		if code.Phone == phone && code.Expires.After(now.Add(-24*time.Hour)) {
			today++
		}
	}
	if today >= codesPerDay {
		return answer{}, rejected("CBC.99000082")
	}
	w.Codes = append(w.Codes, &PhoneCode{
		Message: w.next("code"), Phone: phone, Expires: now.Add(time.Duration(minutes) * time.Minute),
	})
	w.acted, w.dirty = true, true

	return openSuccess(w.setting("code_success")), nil
}

// openSuccess is a success of which sources do not agree how it looks.
func openSuccess(form string) answer {
	switch form {
	case "200":
		return answer{status: http.StatusOK, body: map[string]any{}}
	case "200_code":
		return answer{status: http.StatusOK, body: map[string]any{"error_code": "CBC.0000", "error_msg": "success"}}
	case "200_empty":
		return answer{status: http.StatusOK}
	default:
		return answer{status: http.StatusNoContent}
	}
}

// readCode is what somebody reads on a phone: the code of the newest message.
func readCode(w *world, data []byte) (map[string]any, error) {
	var request struct {
		MobilePhone string `json:"mobile_phone"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	for _, code := range slices.Backward(w.Codes) {
		if code.Phone == digestOf(request.MobilePhone) {
			return map[string]any{"verification_code": code.text(request.MobilePhone)}, nil
		}
	}

	return nil, errors.New("that phone got no message")
}

// createMember creates a member account. Its answer has no id.
func createMember(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	company, fields := w.company(), map[string]any{}
	if object, ok := c.values["new_sub_customer"].(map[string]any); ok {
		fields = object
	}
	name, _ := fields["customer_name"].(string)
	taken := slices.ContainsFunc(company.Members, func(m *Member) bool { return m.Name == name })
	switch {
	case !company.has(c.text("party_id")):
		return answer{}, badParameter("party_id", "no such organization")
	case name == "" || strings.ContainsAny(name, " /\\"):
		return answer{}, rejected("CBC.99000031")
	case taken && w.setting("server_locks") == "on":
		return answer{}, checksFailed(w, http.StatusInternalServerError, "CBC.7004", "DOMAIN_NAME_EXISTED")
	}
	code, err := w.phoneOf(fields)
	if err != nil {
		return answer{}, err
	}
	if code != nil {
		code.Used = true
	}
	status, err := strconv.Atoi(w.setting("new_member_status"))
	if err != nil {
		status = memberCreating
	}
	m, err := w.addMember(memberSpec{Name: name, DisplayName: c.text("display_name"), OrganizationID: c.text("party_id"), Status: status})
	if err != nil {
		return answer{}, err
	}
	m.Creating = newStage(w.processing, w.clock.now())
	if shows, err := ParseTransition(w.setting("member_shows_after")); err == nil && shows != (Transition{}) {
		m.Hidden = newStage(shows, w.clock.now())
	}
	w.acted, w.dirty = true, true

	return answer{status: http.StatusNoContent}, nil
}

// phoneOf is the code that was given for the phone of a member to be; nil where the
// master's phone is taken, which needs none.
func (w *world) phoneOf(fields map[string]any) (*PhoneCode, error) {
	if fields["use_pri_mobile_phone"] == "Y" {
		return nil, nil //nolint:nilnil // it needs none
	}
	phone, _ := fields["mobile_phone"].(string)
	given, _ := fields["verification_code"].(string)
	if phone == "" {
		return nil, badParameter("new_sub_customer.mobile_phone", "required unless use_pri_mobile_phone is Y")
	}
	for _, code := range slices.Backward(w.Codes) {
		switch {
		case code.Phone != digestOf(phone):
			continue
		case code.Used || code.text(phone) != given:
			return nil, w.echoing(rejected("CBC.99000026"), phone, fields["password"])
		case !w.clock.now().Before(code.Expires):
			return nil, w.echoing(rejected("CBC.99000027"), phone, fields["password"])
		}

		return code, nil
	}

	return nil, w.echoing(rejected("CBC.99000026"), phone, fields["password"])
}

// echoing makes a refusal say again what it was asked with, if a setting says so.
func (w *world) echoing(refusal *failure, asked ...any) *failure {
	if w.setting("refusals_echo") == "on" {
		refusal.message += " " + fmt.Sprint(asked...)
	}

	return refusal
}

// settleMembers carries out what is due of members under creation.
func (w *world) settleMembers(now time.Time) {
	if w.Enterprise == nil {
		return
	}
	for _, m := range w.Enterprise.Members {
		if m.Creating.over(now) {
			m.Creating, m.Status, w.dirty = nil, memberNormal, true
		}
		if m.Hidden.over(now) {
			m.Hidden, w.dirty = nil, true
		}
	}
}

// look counts a read of a member, and says whether it shows.
func (m *Member) look() bool {
	m.Creating.look()
	shows := m.Hidden == nil
	m.Hidden.look()

	return shows
}
