// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

// enableEnterpriseProjects opens enterprise projects, which nothing closes again.
func enableEnterpriseProjects(w *world, _ *call) (answer, error) {
	if check := w.setting("project_authority"); check != "grants" {
		return answer{}, checksFailed(w, http.StatusBadRequest, "CBC.99007004", check)
	}
	if w.EnterpriseProjectsOpen {
		if check := w.setting("projects_open_again"); check != "ok" {
			return answer{}, checksFailed(w, http.StatusBadRequest, "CBC.99007004", check)
		}
	}
	w.EnterpriseProjectsOpen, w.acted, w.dirty = true, true, true

	return openSuccess(w.setting("project_authority_success")), nil
}

// checksFailed is the refusal of what the business does not allow. Of its items, no
// example is documented.
func checksFailed(w *world, status int, code, check string) *failure {
	refusal := refuse(status, code, messageOf(code))
	text := "Checked by the business: " + check
	items := map[string]any{
		"texts":   []any{check},
		"id":      []any{map[string]any{"id": check, "name": text}},
		"item":    []any{map[string]any{"fail_check_item": check, "desc": text}},
		"nested":  []any{map[string]any{"check": map[string]any{"code": check}, "messages": []any{text}}},
		"object":  map[string]any{"check_item_id": check, "reason": text},
		"text":    check,
		"without": nil,
	}
	if form := items[w.setting("fail_check_items")]; form != nil {
		refusal.extra = map[string]any{"fail_check_items": form}
	}

	return refusal
}
