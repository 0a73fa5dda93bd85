// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// memberToBe is a member with the phone of the master.
func memberToBe(name string) tree {
	return tree{
		"party_id": "ou-data", "sub_customer_association_type": 1,
		"new_sub_customer": tree{"customer_name": name, "password": "Secret-4711", "use_pri_mobile_phone": "Y"},
	}
}

func codeFor(phone string, minutes int) tree {
	return tree{
		"mobile_phone": phone, "timeout": minutes, "language": "en-us",
		"sm_template_args": []tree{{"key": "sub_customer_name", "value": "team-c"}},
	}
}

// TestNewMember is about operations that only China has: a code is sent, read on the
// phone, and given.
func TestNewMember(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	const phone = "13800001234"
	member := memberToBe("team-c")
	member["display_name"], member["permission_ids"], member["financial_custody"] = "Team C", []string{"READ_CONSUME_BILL"}, 0
	own := tree{"customer_name": "team-c", "password": "Secret-4711", "mobile_phone": phone, "verification_code": "000000"}
	member["new_sub_customer"] = own
	_, _, err := c.try(t, "create_sub_customer", tree{"body": member})
	c.refused(t, err, 400, "CBC.99000026")
	c.call(t, "send_sub_customer_sms_code", tree{"body": codeFor(phone, 10)})
	own["verification_code"] = fmt.Sprint(c.console(t, "read_code", map[string]any{"mobile_phone": phone})["verification_code"])
	c.sim.Advance(11 * time.Minute)
	_, _, err = c.try(t, "create_sub_customer", tree{"body": member})
	c.refused(t, err, 400, "CBC.99000027")
	c.call(t, "send_sub_customer_sms_code", tree{"body": codeFor(phone, 10)})
	own["verification_code"] = fmt.Sprint(c.console(t, "read_code", map[string]any{"mobile_phone": phone})["verification_code"])
	c.call(t, "create_sub_customer", tree{"body": member})
	expect(t, c.call(t, "list_sub_customers", tree{"sub_customer_account_name": "team-c"}),
		`{"total_count": 1, "sub_customer_infos": [{"name": "team-c", "display_name": "Team C", "org_id": "ou-data", "org_name": "Data"}]}`)
	_, _, err = c.try(t, "create_sub_customer", tree{"body": memberToBe("team-c")})
	if said := c.refused(t, err, 500, "CBC.7004"); strings.Contains(said, "Secret") {
		t.Error(said)
	}
}

// TestEnterpriseProjects: every form of a success is one to the SDK.
func TestEnterpriseProjects(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		for _, form := range []string{"204", "200"} {
			if err := c.sim.Set("project_authority_success", form); err != nil {
				t.Fatal(err)
			}
			c.call(t, "enable_enterprise_project", tree{})
		}
		if err := c.sim.Set("project_authority", "NOT_OPEN_PROJECT_GROUP"); err != nil {
			t.Fatal(err)
		}
		_, _, err := c.try(t, "enable_enterprise_project", tree{})
		c.refused(t, err, 400, "CBC.99007004")
	})
}
