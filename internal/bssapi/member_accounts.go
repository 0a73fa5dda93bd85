// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// Limits of member accounts.
const (
	MaxMemberName        = 32
	MaxMemberDisplayName = 64
	MaxMobilePhone       = 20
	MinMemberPassword    = 8
	MaxMemberPassword    = 32
	MaxVerificationCode  = 6
	// MaxCodeTimeout is the longest life of a code in minutes that the API honors: it
	// takes more, up to 100, and then means 5.
	MaxCodeTimeout = 60
	// DefaultCodeTimeout is the life of a code in minutes where none is given.
	DefaultCodeTimeout = 10
)

// associationSameEntity: the member is of the same legal entity as its master. The API
// has no other kind.
const associationSameEntity = 1

// MemberPermission is a right that the master has on a member.
type MemberPermission string

// The permissions.
const (
	MemberPermissionViewBills      MemberPermission = "READ_CONSUME_BILL"
	MemberPermissionViewFinances   MemberPermission = "READ_FINANCE_INFO"
	MemberPermissionShareDiscount  MemberPermission = "SHARE-BIZ-DISCOUNT-TO-SUB"
	MemberPermissionShareCredit    MemberPermission = "SHARE-CREDIT-TO-SUB"
	MemberPermissionManageInvoices MemberPermission = "SUBSTITUTE-OPEN-INVOICE"
	MemberPermissionForbidInvoices MemberPermission = "TAKE-OVER-OPEN-INVOICE"
)

// NewMember is a member account to create. It holds secrets, and prints none.
type NewMember struct {
	// OrganizationID is where it goes: one of ListOrganizations, or their root.
	OrganizationID string
	// Name is the one to log in with, of at most MaxMemberName characters.
	Name string
	// DisplayName is optional.
	DisplayName string
	// MobilePhone is needed unless UsePrimaryPhone, which takes that of the master.
	MobilePhone     string
	UsePrimaryPhone bool
	// Password has MinMemberPassword to MaxMemberPassword characters.
	Password string
	// VerificationCode is the one that SendMemberCode has sent to MobilePhone.
	VerificationCode string
	Permissions      []MemberPermission
	// FinancialCustody puts the money of the member into the hands of the master. The
	// API ignores Permissions then.
	FinancialCustody bool
}

func (m NewMember) String() string { return "member " + m.Name }

// GoString keeps %#v from printing the secrets.
func (m NewMember) GoString() string { return m.String() }

type createMemberBody struct {
	PartyID          string             `json:"party_id"`
	DisplayName      string             `json:"display_name,omitempty"`
	AssociationType  int                `json:"sub_customer_association_type"`
	PermissionIDs    []MemberPermission `json:"permission_ids,omitempty"`
	NewSubCustomer   newSubCustomer     `json:"new_sub_customer"`
	FinancialCustody int                `json:"financial_custody,omitempty"`
}

type newSubCustomer struct {
	CustomerName      string `json:"customer_name"`
	MobilePhone       string `json:"mobile_phone,omitempty"`
	UsePriMobilePhone string `json:"use_pri_mobile_phone,omitempty"`
	Password          string `json:"password"`
	VerificationCode  string `json:"verification_code,omitempty"`
}

func (m NewMember) check() error {
	switch length := utf8.RuneCountInString(m.Password); {
	case m.OrganizationID == "" || m.Name == "":
		return fmt.Errorf("a member needs a name and an organization")
	case utf8.RuneCountInString(m.Name) > MaxMemberName:
		return fmt.Errorf("the name of a member has at most %d characters", MaxMemberName)
	case length < MinMemberPassword || length > MaxMemberPassword:
		return fmt.Errorf("the password of a member has %d to %d characters", MinMemberPassword, MaxMemberPassword)
	case m.UsePrimaryPhone == (m.MobilePhone != ""):
		return fmt.Errorf("a member has a phone of its own, or that of the master")
	}

	return nil
}

func (m NewMember) body() createMemberBody {
	body := createMemberBody{
		PartyID: m.OrganizationID, DisplayName: m.DisplayName, AssociationType: associationSameEntity, PermissionIDs: m.Permissions,
		NewSubCustomer: newSubCustomer{
			CustomerName: m.Name, MobilePhone: m.MobilePhone, Password: m.Password, VerificationCode: m.VerificationCode,
		},
	}
	if m.UsePrimaryPhone {
		body.NewSubCustomer.UsePriMobilePhone = "Y"
	}
	if m.FinancialCustody {
		body.FinancialCustody = 1
	}

	return body
}

// CreateMember creates a member account of the enterprise whose master the account is.
// The answer has no id: ListMembers tells it, by the name. It is never repeated, and no
// call updates or deletes a member. Only the China site has this operation
// (ErrNotOnSite).
//
// What the answer says again of the password, the code and the phone is redacted.
//
// Permission: businessUnitCenter:businessUnit:view in an identity policy.
func (c *Client) CreateMember(ctx context.Context, req NewMember) error {
	if err := req.check(); err != nil {
		return opCreateMember.refuse(err)
	}

	return c.do(ctx, call{op: opCreateMember, body: req.body(), secrets: []string{req.Password, req.VerificationCode, req.MobilePhone}})
}

// SMSLanguage is the language of a message to a phone.
type SMSLanguage string

// The languages.
const (
	SMSLanguageEnglish SMSLanguage = "en-us"
	SMSLanguageChinese SMSLanguage = "zh-cn"
)

// SendMemberCodeRequest asks for a message with a code.
type SendMemberCodeRequest struct {
	// MobilePhone gets the message.
	MobilePhone string
	// Name is that of the member to be, which the message has.
	Name string
	// Timeout is the life of the code in minutes, at most MaxCodeTimeout; 0 is
	// DefaultCodeTimeout.
	Timeout int
	// Language is optional: without it, the message is in that of the account.
	Language SMSLanguage
}

type sendMemberCodeBody struct {
	MobilePhone    string          `json:"mobile_phone"`
	Timeout        int             `json:"timeout,omitempty"`
	Language       SMSLanguage     `json:"language,omitempty"`
	SMTemplateArgs []smTemplateArg `json:"sm_template_args"`
}

type smTemplateArg struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (r SendMemberCodeRequest) body() sendMemberCodeBody {
	return sendMemberCodeBody{
		MobilePhone: r.MobilePhone, Timeout: r.Timeout, Language: r.Language,
		SMTemplateArgs: []smTemplateArg{{Key: "sub_customer_name", Value: r.Name}},
	}
}

// SendMemberCode sends a code to the phone of a member to be. Each call sends a
// message, so that it is never repeated. Only the China site has this operation
// (ErrNotOnSite).
func (c *Client) SendMemberCode(ctx context.Context, req SendMemberCodeRequest) error {
	if req.Timeout < 0 || req.Timeout > MaxCodeTimeout {
		return opSendMemberCode.refuse(fmt.Errorf("%d minutes are not from 0 to %d", req.Timeout, MaxCodeTimeout))
	}

	return c.do(ctx, call{op: opSendMemberCode, body: req.body(), secrets: []string{req.MobilePhone}})
}

// EnableEnterpriseProjects opens enterprise projects for the account. Nothing closes
// them again, and no call tells whether they are open. It can be made again.
//
// Permission: Billing::activeEPFinance in an identity policy.
func (c *Client) EnableEnterpriseProjects(ctx context.Context) error {
	return c.do(ctx, call{op: opEnableEnterpriseProjects})
}

// CheckMembersCreated says whether the site has CreateMember: an error of the kind
// ErrNotOnSite if not.
func (c *Client) CheckMembersCreated(ctx context.Context) error {
	_, _, err := c.resolve(ctx, opCreateMember)

	return err
}

// CheckCodesSent says whether the site has SendMemberCode, as CheckMembersCreated does.
func (c *Client) CheckCodesSent(ctx context.Context) error {
	_, _, err := c.resolve(ctx, opSendMemberCode)

	return err
}
