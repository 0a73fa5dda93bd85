# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "the look before a creation" {
  file    = "internal/enterprise/create.go"
  replace = "there, err := m.Look(ctx, member.Name, member.OrganizationID)"
  with    = "var there *bssapi.Member\n\tvar err error"
  why     = "A member that exists is not created again."
}

mutant "the account of a member" {
  file    = "internal/enterprise/create.go"
  replace = "if err := m.conditions.Allowed(ctx, \"\"); err != nil {"
  with    = "if err := m.conditions.Allowed(ctx, \"\"); err != nil && false {"
  why     = "allowed_domain_ids refuses other accounts."
}

mutant "a throttled creation" {
  file    = "internal/enterprise/create.go"
  replace = "once := bssapi.NotDone(sent) && !errors.Is(sent, bssapi.ErrThrottled)"
  with    = "once := bssapi.NotDone(sent)"
  why     = "What was throttled may have been made, and shows late."
}

mutant "a creation in doubt" {
  file    = "internal/enterprise/create.go"
  replace = "case err != nil, !bssapi.NotDone(sent):"
  with    = "case err != nil:"
  why     = "A lost answer is no refusal."
}

mutant "attempts of a creation" {
  file    = "internal/enterprise/create.go"
  replace = "!errors.Is(sent, bssapi.ErrThrottled) || attempt"
  with    = "attempt"
  why     = "What was refused is not sent again."
}

mutant "a member elsewhere" {
  file    = "internal/enterprise/member.go"
  replace = "case living[0].OrgID != organization:"
  with    = "case false:"
  why     = "A member of another organization is none to adopt."
}

mutant "a member that is closed" {
  file    = "internal/enterprise/member.go"
  replace = "case len(living) == 0:"
  with    = "case false:"
  why     = "A closed member is none to adopt."
}

mutant "a password that is missing" {
  file    = "internal/enterprise/create.go"
  replace = "case member.Password == \"\":"
  with    = "case false:"
  why     = "The error names the argument."
}

mutant "every check that failed" {
  file    = "internal/bssapi/failed_checks.go"
  replace = "return !saysOpen(name)"
  with    = "return !saysOpen(name) && len(checks) == 1"
  why     = "One check that says open does not outweigh another."
}

mutant "secrets that were sent" {
  file    = "internal/bssapi/sign.go"
  replace = "append(slices.Clone(a.secrets), a.sent...)"
  with    = "a.secrets"
  why     = "An error does not say a password again."
}

mutant "answers that cannot be read" {
  file    = "internal/bssapi/request.go"
  replace = "if len(a.sent) == 0 && !a.op.secret {"
  with    = "if true {"
  why     = "A page may say a password again in a form that nobody knows."
}

mutant "a member that the plan adopts" {
  file    = "internal/enterprise/create.go"
  replace = "case planned != \"\" && (there == nil || there.ID != planned):"
  with    = "case false:"
  why     = "Of a member that the plan said is there, none is created: no call deletes one."
  tests   = ["./internal/provider ^TestPlanOfNothingBinds$"]
}
