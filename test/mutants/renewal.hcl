# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "an order of another resource of this run" {
  file    = "internal/renewal/machine.go"
  replace = "return known && owner != resourceID"
  with    = "return known && owner == \"\""
  why     = "An order that this run placed for another resource is not this one's."
}

mutant "what is denied" {
  file    = "internal/renewal/machine.go"
  replace = "if err := m.conditions.Spending.Denied(); err != nil"
  with    = "if err := m.conditions.Spending.Denied(); false"
  why     = "mode = \"deny\" refuses every renewal."
}

mutant "a line of something else" {
  file    = "internal/renewal/candidate.go"
  replace = "case c.foreigner != \"\":"
  with    = "case false:"
  why     = "An order that renews something of others too is not the resource's."
}

mutant "a named order without the product" {
  file    = "internal/renewal/candidate.go"
  replace = "c.listed.OrderType != bssapi.OrderTypeRenewal"
  with    = "false"
  why     = "Only a renewal renews."
}

mutant "another number of periods" {
  file    = "internal/renewal/candidate.go"
  replace = "|| c.line.PeriodNum != s.periods"
  with    = ""
  why     = "An order of three periods is not the one that two were agreed for."
}

mutant "another unit of periods" {
  file    = "internal/renewal/candidate.go"
  replace = "*c.line.PeriodType != goal.Unit.periodType() ||"
  with    = ""
  why     = "A year is not a month."
}

mutant "another start of the term" {
  file    = "internal/renewal/candidate.go"
  replace = "<= sameStart"
  with    = "<= 1000*sameStart"
  why     = "An order that starts elsewhere renews another term."
}

mutant "an end that misses the day" {
  file    = "internal/renewal/candidate.go"
  replace = "err == nil && !goal.PaidThrough.reachedBy(end)"
  with    = "err != nil && !goal.PaidThrough.reachedBy(end)"
  why     = "What is paid has to reach the day."
}

mutant "a twin's order" {
  file    = "internal/renewal/open.go"
  replace = "row.ResourceID != resource.ResourceID &&"
  with    = "false &&"
  why     = "Of two equal resources an order may be of either."
}

mutant "twins in other statuses" {
  file    = "internal/renewal/open.go"
  replace = "AllResources: true"
  with    = "AllResources: true, StatusList: []bssapi.ResourceStatus{bssapi.ResourceStatusInUse}"
  why     = "A closed or converted twin may have left an order behind too."
}

mutant "a new order of the service" {
  file    = "internal/renewal/open.go"
  replace = "listed.OrderType == bssapi.OrderTypeNew ||"
  with    = "false ||"
  why     = "A purchase holds no resource that exists."
}

mutant "the order that a plan named" {
  file    = "internal/renewal/open.go"
  replace = "if isNamed(candidates[0]) {"
  with    = "if false {"
  why     = "An order that only looks like ours is taken where the API itself names the resource."
}

mutant "a rest that nobody explains" {
  file    = "internal/renewal/open.go"
  replace = "if reason != \"\" {"
  with    = "if false {"
  why     = "What nothing certain explains is named, and neither paid nor canceled."
}

mutant "the cap at the look" {
  file    = "internal/renewal/look.go"
  replace = "s.price.Cmp(goal.MaxAmount) > 0"
  with    = "s.price.Cmp(goal.MaxAmount) > 1"
  why     = "The price is held against the cap before anything is ordered."
}

mutant "a negative price" {
  file    = "internal/renewal/look.go"
  replace = "s.price.Sign() < 0"
  with    = "false"
  why     = "A negative price passes every cap."
}

mutant "another currency" {
  file    = "internal/renewal/look.go"
  replace = "goal.Currency != \"\" && s.currency != \"\" &&"
  with    = "false &&"
  why     = "The cap is a figure in the currency that was written."
}

mutant "out of use" {
  file    = "internal/renewal/look.go"
  replace = "bssapi.ResourceStatusExpired, bssapi.ResourceStatusFrozen:"
  with    = "bssapi.ResourceStatusExpired:"
  why     = "What can still be renewed is renewed, also where it is frozen."
}

mutant "the cap of several orders" {
  file    = "internal/renewal/fence.go"
  replace = "most.Cmp(goal.MaxAmount) > 0"
  with    = "most.Cmp(goal.MaxAmount) > 1"
  why     = "Several orders of one goal together keep within the cap."
}

mutant "several orders dearer than planned" {
  file    = "internal/renewal/fence.go"
  replace = "due.Cmp(goal.Quoted) > 0"
  with    = "due.Cmp(goal.Quoted) > 1"
  why     = "The plan stated one price for all of them."
}

mutant "closed meanwhile" {
  file     = "internal/renewal/fence.go"
  replace  = "case subscription.Closed(now):"
  with     = "case subscription.Closed(now) && now.ResourceID == \"\":"
  why      = "What was unsubscribed meanwhile is not renewed."
  explored = "renewing"
}

mutant "a renewal meanwhile" {
  file     = "internal/renewal/fence.go"
  replace  = "case now.ExpireTime != s.resource().ExpireTime:"
  with     = "case false:"
  why      = "What somebody else renewed meanwhile is not renewed again."
  explored = "renewing"
}

mutant "the older of two rivals" {
  file    = "internal/renewal/fence.go"
  replace = "return a.CreateTime < b.CreateTime"
  with    = "return a.CreateTime > b.CreateTime"
  why     = "Of two orders for one goal, both sides let the same one go on."
}

mutant "throttled and touched" {
  file    = "internal/renewal/order.go"
  replace = "if throttled && notDone && untouched {"
  with    = "if throttled && notDone && (untouched || true) {"
  why     = "A throttled renewal is sent again only after nothing has shown for the whole time."
}

mutant "throttled by somebody else" {
  file    = "internal/renewal/order.go"
  replace = "if throttled && notDone && untouched {"
  with    = "if throttled && (notDone || true) && untouched {"
  why     = "Too many requests that the API did not say itself proves nothing."
}

mutant "an order and a failure in one answer" {
  file    = "internal/renewal/order.go"
  replace = "failed != nil && len(answer.OrderIDs) > 0"
  with    = "false"
  why     = "An answer that names both is no answer."
}

mutant "an interruption while it is ordered" {
  file    = "internal/renewal/order.go"
  replace = "context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)\n\tdefer cancel()\n\n\tids, err"
  with    = "context.WithTimeout(ctx, m.conditions.Timing.Act)\n\tdefer cancel()\n\n\tids, err"
  why     = "An interruption there would leave an order that nobody knows of."
}

mutant "the order that the plan named is gone" {
  file    = "internal/renewal/planned.go"
  replace = "case goal.OrderID != \"\" && goal.OrderID != s.open:"
  with    = "case false:"
  why     = "What a plan named and is gone was not agreed to be ordered anew."
}

mutant "an order that no plan named" {
  file     = "internal/renewal/planned.go"
  replace  = "case s.open != goal.OrderID:"
  with     = "case false:"
  why      = "Only what a plan named is paid."
  explored = "renewing"
}

mutant "a plan that had nothing to do" {
  file    = "internal/renewal/planned.go"
  replace = "case goal.Nothing:"
  with    = "case false:"
  why     = "A plan that showed nothing to pay pays nothing."
}

mutant "another start than planned" {
  file    = "internal/renewal/planned.go"
  replace = "case goal.StartsAt != \"\" && goal.StartsAt"
  with    = "case goal.StartsAt == \"x\" && goal.StartsAt"
  why     = "The term that the plan showed is the one that was agreed to."
}

mutant "a renewal without a cap" {
  file    = "internal/renewal/renew.go"
  replace = "if goal.MaxAmount.IsNull() {"
  with    = "if false {"
  why     = "A renewal without a cap is none that anybody agreed to."
}

mutant "the lock of a resource" {
  file    = "internal/renewal/renew.go"
  replace = "defer m.conditions.Locks.Lock(act.Resource(goal.ResourceID))()"
  with    = ""
  why     = "Two renewals of one resource in one run would both see it unrenewed."
}

mutant "what the plan stated" {
  file     = "internal/renewal/renew.go"
  replace  = "if err := s.planned(goal); err != nil {"
  with     = "if err := s.planned(goal); false {"
  why      = "The plan binds the act."
  explored = "renewing"
}

mutant "an order of others, canceled" {
  file    = "internal/renewal/renew.go"
  replace = "case !placed:\n\t\t\treturn cause"
  with    = "case false:\n\t\t\treturn cause"
  why     = "Only what this call placed is canceled."
}

mutant "a dearer order, canceled" {
  file    = "internal/renewal/renew.go"
  replace = "case errors.Is(cause, payment.ErrDearer):"
  with    = "case false:"
  why     = "A dearer order is named, so that the next plan can state it."
}

mutant "what is spent counts for the rest" {
  file    = "internal/renewal/renew.go"
  replace = "request.MaxAmount = request.MaxAmount.Sub(spent)"
  with    = ""
  why     = "The cap is of all orders of the goal together."
}

mutant "the price for the payment" {
  file    = "internal/renewal/renew.go"
  replace = "request.AmountDue = goal.Quoted\n"
  with    = ""
  why     = "The payment is told what the plan stated."
}

mutant "an interruption before the call" {
  file    = "internal/renewal/renew.go"
  replace = "if err := ctx.Err(); err != nil {"
  with    = "if err := ctx.Err(); false {"
  why     = "Who interrupts before the renewal wants none."
}

mutant "unconfirmed among several" {
  file    = "internal/renewal/receipt.go"
  replace = "case slices.Contains(statuses, StatusUnconfirmed):\n\t\tread.Status = StatusUnconfirmed\n"
  with    = ""
  why     = "One payment that does not show leaves the whole open."
}

mutant "more of the product than the resource has" {
  file    = "internal/renewal/whole.go"
  replace = "return max(1, line.SubscriptionNum)"
  with    = "return 1"
  why     = "A line of two servers renews two."
}

mutant "closed rows of a tree" {
  file    = "internal/renewal/whole.go"
  replace = "!subscription.Closed(row) || row.ResourceID == tree.Resource.ResourceID"
  with    = "true"
  why     = "What is closed is not renewed, so its line is of something else."
}

mutant "two renewals at a time" {
  file    = "internal/renewal/machine.go"
  replace = "return m.conditions.Locks.Lock(act.Sending(\"renew_resources\"))"
  with    = "return func() {}"
  why     = "The orders of two doubtful renewals could not be told apart."
}

mutant "the whole fence" {
  file     = "internal/renewal/renew.go"
  replace  = "if err := m.fence(ctx, goal, s, ids, placed); err != nil {"
  with     = "if err := m.fence(ctx, goal, s, ids, placed); false {"
  why      = "An order is held against what was agreed before it is paid."
  explored = "renewing"
}

mutant "what the plan did not state" {
  file     = "internal/renewal/renew.go"
  replace  = "if err := s.planned(goal); err != nil {"
  with     = "if err := s.planned(goal); false {"
  why      = "A look that shows something else than the plan stated is refused."
  explored = "renewing"
}

mutant "a day that is reached" {
  file     = "internal/renewal/renew.go"
  replace  = "if s.reached {"
  with     = "if false {"
  why      = "What is paid through the day is not renewed again."
  explored = "renewing"
}

mutant "a lost answer to a renewal" {
  file     = "internal/renewal/order.go"
  replace  = "case notDone && !throttled:"
  with     = "case !throttled:"
  why      = "No answer says that nothing was ordered: what is said has to be so."
  explored = "renewing"
}

mutant "a lost renewal sent again" {
  file     = "internal/renewal/order.go"
  replace  = "if throttled && notDone && untouched {"
  with     = "if untouched {"
  why      = "A renewal that may have arrived is not sent again."
  explored = "renewing"
}

mutant "an unpaid renewal that nothing names" {
  file     = "internal/renewal/left.go"
  replace  = "if len(ids) == 0 {"
  with     = "if true {"
  why      = "A call that was lost may have left an order, which somebody else could pay."
  explored = "renewing"
}

mutant "an unpaid renewal of which the resource is not told" {
  file    = "internal/renewal/left.go"
  replace = "return len(ownLines(content.lines, resource)) > 0"
  with    = "return false"
  why     = "No order names its resource where the API does not find it by the order."
}

mutant "unpaid renewals that were not looked for" {
  file    = "internal/renewal/left.go"
  replace = "if m.unpaid.failed != nil {"
  with    = "if false {"
  why     = "Silence would say that there is none."
}
