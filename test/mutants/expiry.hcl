# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "spending is denied" {
  file    = "internal/expiry/turn_on.go"
  replace = "if err := denied; err != nil && !restores {"
  with    = "if err := denied; false {"
  why     = "mode = \"deny\" refuses to turn automatic renewal on."
}

mutant "renewed meanwhile" {
  file     = "internal/expiry/turn_on.go"
  replace  = "case moved:\n"
  with     = "case false:\n"
  why      = "It was agreed to for one expiry, and not for another."
  explored = "turning automatic renewal on"
}

mutant "in doubt, and the term moved" {
  file    = "internal/expiry/turn_on.go"
  replace = "case moved && setting.InDoubt:\n"
  with    = "case false:\n"
  why     = "An expiry that moved may be our own renewal: turned on again, it would renew as often again."
}

mutant "terms in doubt, and on" {
  file    = "internal/expiry/turn_on.go"
  replace = "case moved && setting.InDoubt && WantAutoRenew.Met(before):"
  with    = "case false:"
  why     = "What may have been sent already is not sent again once the term has moved."
}

mutant "the account that is not allowed" {
  file    = "internal/expiry/turn_on.go"
  replace = "if err := p.conditions.Allowed(ctx, \"\"); err != nil {\n\t\treturn unchanged, nil, err\n\t}\n"
  with    = ""
  why     = "allowed_domain_ids keeps a run from letting another account be charged."
}

mutant "times of what a destroy turned off" {
  file    = "internal/expiry/turn_on.go"
  replace = "if restores && (denied != nil ||"
  with    = "if false && (denied != nil ||"
  why     = "What this run turned off is turned on again without a new count."
}

mutant "an answer that leaves doubt" {
  file    = "internal/expiry/turn_on.go"
  replace = "outcome.InDoubt = true"
  with    = "outcome.InDoubt = false"
  why     = "A doubt has to be remembered, or the next apply turns it on again."
}

mutant "throttled and touched" {
  file    = "internal/expiry/turn_on.go"
  replace = "case throttled && notDone && untouched:"
  with    = "case throttled && notDone && (untouched || true):"
  why     = "A throttled call is sent again only after nothing has shown for the whole time."
}

mutant "throttled by somebody else" {
  file    = "internal/expiry/turn_on.go"
  replace = "case throttled && notDone && untouched:"
  with    = "case throttled && (notDone || true) && untouched:"
  why     = "Too many requests that the API did not say itself proves nothing."
}

mutant "the expiry of what is untouched" {
  file    = "internal/expiry/turn_on.go"
  replace = "!wasOn && seen.ExpireTime == before.ExpireTime &&"
  with    = "!wasOn &&"
  why     = "A term that moved is not untouched."
}

mutant "on before says nothing" {
  file    = "internal/expiry/turn_on.go"
  replace = "case lookErr == nil && !wasOn && WantAutoRenew.Met(seen):"
  with    = "case lookErr == nil && WantAutoRenew.Met(seen):"
  why     = "What was on before the call shows nothing of its new terms."
}

mutant "an interruption during the call" {
  file    = "internal/expiry/turn_on.go"
  replace = "context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)"
  with    = "context.WithTimeout(ctx, p.conditions.Timing.Act)"
  why     = "An interrupted look would leave it on without anybody knowing."
}

mutant "an attached resource" {
  file    = "internal/expiry/policies.go"
  replace = "case subscription.Attached(resource):\n\t\treturn &act.Refusal{"
  with    = "case false:\n\t\treturn &act.Refusal{"
  why     = "An attached resource shares the setting of its primary one."
}

mutant "what is on may be turned off" {
  file     = "internal/expiry/policies.go"
  replace  = "case Lapsed(resource) && !want.off() && !want.Met(resource):"
  with     = "case Lapsed(resource) && !want.Met(resource):"
  why      = "What charges can always be stopped, whatever the resource is."
  explored = "turning automatic renewal off"
}

mutant "closed and wanted off" {
  file     = "internal/expiry/policies.go"
  replace  = " || setting.Want.off() && subscription.Closed(resource) {"
  with     = " {"
  why      = "A closed resource has nothing to turn off."
  explored = "turning automatic renewal off"
}

mutant "what another block keeps on" {
  file    = "internal/expiry/policies.go"
  replace = "if claims.Claimed(setting.ResourceID, AspectExpiry) {"
  with    = "if false {"
  why     = "A destroy that another object of the run makes unnecessary does not act."
}

mutant "accepted, and then failed" {
  file    = "internal/expiry/policies.go"
  replace = "accepted := made[stepEnable] > 0"
  with    = "accepted := false"
  why     = "What was accepted is remembered whatever fails after it."
}

mutant "on already" {
  file    = "internal/expiry/turn_on.go"
  replace = "case notDone && !throttled && wasOn:"
  with    = "case false:"
  why     = "What is on and cannot be set again is said to be on, with the ways out."
}

mutant "terms of what is closed" {
  file    = "internal/expiry/policies.go"
  replace = "made[stepEnable] == 0 && !subscription.Closed(resource)"
  with    = "made[stepEnable] == 0"
  why     = "Nothing is sent for what is closed."
}

mutant "exhausted" {
  file    = "internal/expiry/policies.go"
  replace = "return err == nil && thenErr == nil && now.After(then)"
  with    = "return err == nil && thenErr == nil && now.Before(then)"
  why     = "Automatic renewal that has renewed as often as asked is done, and not turned on again."
}

mutant "the lock of a resource" {
  file    = "internal/expiry/policies.go"
  replace = "defer p.conditions.Locks.Lock(act.Resource(setting.ResourceID))()\n\n\tresource, err := p.reader.Fresh(ctx, setting.ResourceID)\n\tif err != nil {\n\t\treturn Outcome{Resource: resource}, nil, err"
  with    = "resource, err := p.reader.Fresh(ctx, setting.ResourceID)\n\tif err != nil {\n\t\treturn Outcome{Resource: resource}, nil, err"
  why     = "Two settings of one resource in one run would both see it as it was."
}

mutant "never lapsing in between" {
  file    = "internal/expiry/policy.go"
  replace = "case policy == bssapi.ExpirePolicyAutoRenew && first(stepDisable):\n\t\t\treturn stepDisable\n\t\tcase lapses"
  with    = "case false:\n\t\t\treturn stepDisable\n\t\tcase lapses"
  why     = "A resource that is to turn pay-per-use must not renew."
}

mutant "a lost answer taken for a refusal" {
  file     = "internal/expiry/turn_on.go"
  replace  = "throttled, notDone := errors.Is(err, bssapi.ErrThrottled), err != nil && bssapi.NotDone(err)"
  with     = "throttled, notDone := errors.Is(err, bssapi.ErrThrottled), err != nil"
  why      = "No answer says that it was not turned on: what is said has to be so."
  explored = "turning automatic renewal on"
}

mutant "a doubt that is no error" {
  file     = "internal/expiry/turn_on.go"
  replace  = "case throttled && notDone && untouched:"
  with     = "case err != nil && untouched:"
  why      = "What may have arrived is in doubt, and not as it was."
  explored = "turning automatic renewal on"
}

mutant "settings of renewals under deny" {
  file    = "internal/expiry/renewal_settings.go"
  replace = "if err := p.conditions.Spending.Denied(); err != nil {"
  with    = "if err := p.conditions.Spending.Denied(); false {"
  why     = "An earlier deduction charges at once, and a common day makes renewals dearer."
}

mutant "settings of renewals of another account" {
  file    = "internal/expiry/renewal_settings.go"
  replace = "if err := p.conditions.Allowed(ctx, \"\"); err != nil {"
  with    = "if err := p.conditions.Allowed(ctx, \"\"); false {"
  why     = "They are of the whole account: it has to be one that is allowed."
}

mutant "deduction before the common day" {
  file    = "internal/expiry/renewal_settings.go"
  replace = "if s.ExpiryDay != 0 {\n\t\tall = append(all, bssapi.RenewConfig(bssapi.RenewConfigExpiry, s.ExpiryDay))\n\t}\n\n\tif s.DeductionDaysBefore != 0 {\n\t\tall = append(all, bssapi.RenewConfig(bssapi.RenewConfigDeduction, s.DeductionDaysBefore))\n\t}"
  with    = "if s.DeductionDaysBefore != 0 {\n\t\tall = append(all, bssapi.RenewConfig(bssapi.RenewConfigDeduction, s.DeductionDaysBefore))\n\t}\n\n\tif s.ExpiryDay != 0 {\n\t\tall = append(all, bssapi.RenewConfig(bssapi.RenewConfigExpiry, s.ExpiryDay))\n\t}"
  why     = "What an earlier deduction charges at once is to end on the common day already."
}

mutant "a doubt about a setting taken for a refusal" {
  file    = "internal/expiry/renewal_settings.go"
  replace = "if bssapi.NotDone(err) {"
  with    = "if true {"
  why     = "A setting that may be made is not said to be not made."
}

mutant "settings that were sent" {
  file    = "internal/provider/renewal_settings_resource.go"
  replace = "plan.recordSent(state, sent)"
  with    = "_ = sent"
  why     = "Setting back what was sent, and failed in the middle, is sent."
  tests   = ["./internal/provider ^TestRenewalSettingsSetBack$"]
}

mutant "a setting that was throttled" {
  file    = "internal/expiry/renewal_settings.go"
  replace = "if !bssapi.NotDone(err) || errors.Is(err, bssapi.ErrThrottled) {"
  with    = "if !bssapi.NotDone(err) || errors.Is(err, bssapi.ErrNoAnswer) {"
  why     = "Too many requests may be said after the act."
  tests   = ["./internal/provider ^TestRenewalSettingsSetBack$"]
}

mutant "a resource of a destroy that is closed" {
  file    = "internal/expiry/policies.go"
  replace = "if setting.Closed && !subscription.Closed(resource) {"
  with    = "if false {"
  why     = "A destroy whose plan said that nothing is left to disable disables nothing."
  tests   = ["./internal/provider ^TestDestroyOfWhatIsClosedBinds$"]
}

mutant "settings of an account that the plan named" {
  file    = "internal/provider/frame_recorded.go"
  replace = "account := r.account(ctx, planned, &resp.Diagnostics)"
  with    = "account := r.account(ctx, types.StringNull(), &resp.Diagnostics)"
  why     = "A setting of a whole account goes to the one that the plan named."
  tests   = ["./internal/provider ^TestPlanOfAnAccountBinds$"]
}
