# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "the expiry of the plan" {
  file     = "internal/unsubscription/unsubscribe.go"
  replace  = "case req.ExpireTime == \"\" || req.ExpireTime == resource.ExpireTime:"
  with     = "case true:"
  why      = "What somebody renewed meanwhile is not deleted."
  explored = "unsubscribing"
}

mutant "what goes along" {
  file    = "internal/unsubscription/request.go"
  replace = "if r.Deletes == nil || slices.Equal(r.Deletes, now) {"
  with    = "if true {"
  why     = "Nothing is deleted that the plan did not name."
}

mutant "attached ones of the plan" {
  file    = "internal/unsubscription/request.go"
  replace = "for _, resource := range tree.All() {"
  with    = "for _, resource := range tree.All()[:1] {"
  why     = "The plan names what goes along too."
}

mutant "an attached resource" {
  file    = "internal/unsubscription/look.go"
  replace = "if subscription.Attached(resource) {"
  with    = "if false {"
  why     = "What is attached is never given back alone."
}

mutant "an unknown status" {
  file    = "internal/unsubscription/look.go"
  replace = "bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired:"
  with    = "bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired, 77:"
  why     = "A status that nobody knows is left alone."
}

mutant "done already" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case subscription.Closed(resource):\n\t\treturn m.adopted"
  with    = "case false:\n\t\treturn m.adopted"
  why     = "What is closed is not sent again."
}

mutant "sent already, in doubt" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case sentBefore && before.doubt != nil:"
  with    = "case false:"
  why     = "What is in doubt is not sent again by the run."
}

mutant "sent already, accepted" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case sentBefore && before.doubt == nil && "
  with    = "case false && "
  why     = "What was accepted is not sent again by the run."
}

mutant "others under way" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "if len(orders) > 0 {\n\t\t\treturn Receipt{}, nil, orders, nil"
  with    = "if false {\n\t\t\treturn Receipt{}, nil, orders, nil"
  why     = "An unsubscription that is being carried out may be of this resource."
}

mutant "the account that is not allowed" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "if err := m.conditions.Allowed(ctx, \"\"); err != nil {"
  with    = "if err := m.conditions.Allowed(ctx, \"\"); false {"
  why     = "allowed_domain_ids keeps a run from deleting in another account."
}

mutant "an interruption before the call" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "if err := ctx.Err(); err != nil {\n\t\t\treturn Receipt{}, nil, nil, fmt"
  with    = "if err := ctx.Err(); false {\n\t\t\treturn Receipt{}, nil, nil, fmt"
  why     = "Who interrupts before it wants nothing deleted."
}

mutant "an interruption during the call" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)"
  with    = "context.WithTimeout(ctx, m.conditions.Timing.Act)"
  why     = "An interrupted look would leave something deleted that nobody knows of."
}

mutant "an order and a failure in one answer" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "failed != nil && len(answer.OrderIDs) > 0"
  with    = "false"
  why     = "An answer that names both is no answer."
}

mutant "an answer that names nothing" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case len(answer.OrderIDs) == 0:\n\t\treturn fmt"
  with    = "case false:\n\t\treturn fmt"
  why     = "An answer that names no order is no acceptance."
}

mutant "gone already" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case errors.Is(err, bssapi.CodeResourceUnknown), errors.Is(err, bssapi.CodeBeingReleased):\n\t\treturn false"
  with    = "case errors.Is(err, bssapi.CodeResourceUnknown), errors.Is(err, bssapi.CodeBeingReleased):\n\t\treturn true"
  why     = "\"Gone already\" may be our own doing."
}

mutant "looks after being throttled" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "nothing := refused(cause) && !errors.Is(cause, bssapi.ErrThrottled) &&"
  with    = "nothing := refused(cause) &&"
  why     = "A throttled call is sent again only after nothing has shown for the whole time."
}

mutant "the lock of a resource" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "defer m.conditions.Locks.Lock(act.Resource(req.ResourceID))()"
  with    = ""
  why     = "Two acts on one resource in one run would both see it as it was."
}

mutant "two at a time" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "defer m.conditions.Locks.Lock(act.Sending(\"unsubscribe_resources\"))()"
  with    = ""
  why     = "The orders of two doubtful calls could not be told apart."
}

mutant "an order of another service" {
  file    = "internal/unsubscription/orders.go"
  replace = " ||\n\t\t\tlisted.ServiceTypeCode != \"\" && resource.ServiceTypeCode != \"\" && listed.ServiceTypeCode != resource.ServiceTypeCode"
  with    = ""
  why     = "An order of another service is of another resource."
}

mutant "which of several orders" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "if len(open.orders) == 1 {\n\t\treceipt.OrderID"
  with    = "if len(open.orders) >= 1 {\n\t\treceipt.OrderID"
  why     = "Of several orders none is taken for ours."
}

mutant "a lost answer taken for a refusal" {
  file     = "internal/unsubscription/unsubscribe.go"
  replace  = "case open.lookErr == nil && refused(open.err):"
  with     = "case open.lookErr == nil:"
  why      = "No answer says that nothing was given back: what is said has to be so."
  explored = "unsubscribing"
}

mutant "sent again whatever came back" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "return Receipt{}, nil, errors.Is(open.err, bssapi.ErrThrottled), refusal(req, open.err)"
  with    = "return Receipt{}, nil, true, refusal(req, open.err)"
  why     = "Only what the API itself throttled is sent again."
}

mutant "a resource that the plan stated as closed" {
  file    = "internal/unsubscription/unsubscribe.go"
  replace = "case req.Closed && !subscription.Closed(resource):"
  with    = "case req.Closed && false:"
  why     = "Of a resource that the plan called closed, nothing is given back."
  tests   = ["./internal/provider ^TestPlanOfNothingBinds$"]
}
