// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// cliConfig is the file of the vendor's command line tool.
type cliConfig struct {
	Current  string       `json:"current"`
	Profiles []cliProfile `json:"profiles"`
	// AuthEncrypt says that the keys of all profiles are encrypted.
	AuthEncrypt looseText `json:"authEncrypt"`
}

type cliProfile struct {
	Name            string    `json:"name"`
	Mode            string    `json:"mode"`
	AccessKeyID     string    `json:"accessKeyId"`
	SecretAccessKey string    `json:"secretAccessKey"`
	SecurityToken   string    `json:"securityToken"`
	DomainID        string    `json:"domainId"`
	AuthEncrypt     looseText `json:"authEncrypt"`
	// AgencyName is an agency to take on with the keys, in the account AgencyDomainName.
	AgencyName       string `json:"agencyName"`
	AgencyDomainName string `json:"agencyDomainName"`
	AgencyDomainID   string `json:"agencyDomainId"`
}

// encrypts says whether a flag is set, as JSON's true or as a text.
func encrypts(flag looseText) bool { return strings.EqualFold(string(flag), "true") }

// The modes of a profile that this client knows. In any other the tool gets keys
// in a way of its own.
const (
	modeKeys     = "AKSK"
	modeMetadata = "ecsAgency"
)

// cliProfile looks into the vendor CLI's file. A profile that nobody named stops the
// search only if it has keys.
func (f *search) cliProfile(ctx context.Context) (*FoundCredentials, error) {
	f.lookedAtProfile = true
	file := firstOf(f.s.SharedConfigFile, f.variable("HW_SHARED_CONFIG_FILE"))
	wanted := firstOf(f.s.Profile, f.variable("HW_PROFILE"))
	c, data, err := f.open("the command line tool's file ", file, filepath.Join(".hcloud", "config.json"), wanted != "")
	var fileArgument, profileArgument string
	if f.s.SharedConfigFile != "" {
		fileArgument = "shared_config_file"
	}
	if f.s.Profile != "" {
		profileArgument = "profile"
	}
	switch {
	case err != nil:
		return nil, f.failAt(fileArgument, c.source, "it cannot be read: "+err.Error())
	case data == nil && wanted != "":
		return nil, f.failAt(profileArgument, c.source, fmt.Sprintf("profile %q is asked for, and there is no such file", wanted))
	case data == nil:
		return nil, nil
	}
	var config cliConfig
	if err := json.Unmarshal(data, &config); err != nil && len(bytes.TrimSpace(data)) > 0 {
		return nil, f.failAt(fileArgument, c.source, "it is no JSON file of the expected form"+whereWrong(err))
	}
	argument, named := firstOf(profileArgument, fileArgument), file != "" || wanted != ""
	name := firstOf(wanted, config.Current, "default")
	called := slices.DeleteFunc(config.Profiles, func(p cliProfile) bool { return p.Name != name })
	switch len(called) {
	case 0:
		return nil, f.without(named, argument, c.source, fmt.Sprintf("it has no profile %q", name))
	case 1:
		profile := called[0]
		c.source = fmt.Sprintf("profile %q of %s", name, c.source)
		profile.AuthEncrypt = looseText(firstOf(string(profile.AuthEncrypt), string(config.AuthEncrypt)))

		return f.profile(ctx, profile, c, named, argument)
	default:
		// Either could be of the account that is to pay.
		return nil, f.failAt(argument, c.source, fmt.Sprintf("it has %d profiles %q", len(called), name))
	}
}

// whereWrong says where a decoder stopped. Its own error could quote the file.
func whereWrong(err error) string {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf(", from byte %d on", syntax.Offset)
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return ": " + wrongType.Field + " is of another type"
	default:
		return ""
	}
}

// profile takes the keys of a profile, or goes where its mode leads.
func (f *search) profile(ctx context.Context, p cliProfile, c candidate, named bool, argument string) (*FoundCredentials, error) {
	none := ""
	switch {
	case strings.EqualFold(p.Mode, modeMetadata):
		f.note(fmt.Sprintf("%s: its mode is %q, which is the instance metadata", c.source, p.Mode))
		found, err := f.metadata(ctx)
		if found != nil || err != nil || !named {
			return found, err
		}

		return nil, f.failAt(argument, c.source, fmt.Sprintf("its mode is %q, and the instance metadata gave no keys", p.Mode))
	case p.Mode != "" && !strings.EqualFold(p.Mode, modeKeys):
		none = fmt.Sprintf("its mode is %q: only %s and %s can be used", p.Mode, modeKeys, modeMetadata)
	case p.AccessKeyID == "" && p.SecretAccessKey == "" && p.SecurityToken == "":
		none = "it has no keys"
	case encrypts(p.AuthEncrypt):
		return nil, f.failAt(argument, c.source, "its keys are encrypted, as authEncrypt says: "+unencrypted)
	case strings.ContainsAny(p.AccessKeyID, "+/=") || len(p.AccessKeyID) > 64:
		// Keys are letters and digits. Encrypted ones are base64.
		return nil, f.failAt(argument, c.source, "its keys are encrypted: "+unencrypted)
	}
	if none != "" {
		return nil, f.without(named, argument, c.source, none)
	}
	c.accessKey, c.secretKey, c.securityToken, c.domainID = p.AccessKeyID, p.SecretAccessKey, p.SecurityToken, p.DomainID
	c.accessKeyName, c.secretKeyName, c.securityTokenName, c.domainIDName = "accessKeyId", "secretAccessKey", "securityToken", "domainId"
	if p.AgencyName != "" {
		if p.AgencyDomainName == "" && p.AgencyDomainID == "" {
			return nil, f.failAt(argument, c.source, "agencyDomainName is missing: the account that the agency is of")
		}
		if err := f.checkDomainID(c.source, "agencyDomainId", p.AgencyDomainID); err != nil {
			return nil, err
		}
		c.role = &Role{Agency: p.AgencyName, DomainName: p.AgencyDomainName, DomainID: p.AgencyDomainID}
	}

	return f.complete(c)
}

// without is an error where the place was asked for, and else a note of why it has no keys.
func (f *search) without(asked bool, argument, source, reason string) error {
	if asked {
		return f.failAt(argument, source, reason)
	}
	f.note(source + ": " + reason)

	return nil
}

const unencrypted = "let the command line tool store them unencrypted, or give them in another way"
