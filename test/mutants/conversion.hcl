# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "the expiry of the plan" {
  file     = "internal/conversion/request.go"
  replace  = "if r.ExpireTime != \"\" && r.ExpireTime != tree.Resource.ExpireTime {"
  with     = "if false {"
  why      = "What somebody renewed meanwhile is not given up."
  explored = "converting"
}

mutant "what goes along" {
  file    = "internal/conversion/request.go"
  replace = "if r.Converts == nil || slices.Equal(r.Converts, now) {"
  with    = "if true {"
  why     = "Nothing is converted that the plan did not name."
}

mutant "attached ones of the plan" {
  file    = "internal/conversion/request.go"
  replace = "for _, resource := range tree.All() {"
  with    = "for _, resource := range tree.All()[:1] {"
  why     = "The plan names what goes along too."
}

mutant "an attached resource" {
  file    = "internal/conversion/look.go"
  replace = "if subscription.Attached(resource) {"
  with    = "if false {"
  why     = "What is attached is never converted alone."
}

mutant "an unknown status" {
  file    = "internal/conversion/look.go"
  replace = "bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired:"
  with    = "bssapi.ResourceStatusFrozen, bssapi.ResourceStatusExpired, 77:"
  why     = "A status that nobody knows is left alone."
}

mutant "closed by something else" {
  file    = "internal/conversion/look.go"
  replace = "case len(maybe) == 0:\n\t\treturn Receipt{}, act.Warning{}, closedOtherwise(resource, all.open())"
  with    = "case len(maybe) == 0:\n\t\treturn adopted(resource, bssapi.Order{}), act.Warning{}, nil"
  why     = "A deleted resource is not called pay-per-use."
}

mutant "sent already" {
  file    = "internal/conversion/convert.go"
  replace = "if before, known := m.recall(req.ResourceID); known && before.doubt == nil {"
  with    = "if before, known := m.recall(req.ResourceID); known && false {"
  why     = "What was accepted, or stands in state, is not sent again by the run."
}

mutant "sent already, in doubt" {
  file    = "internal/conversion/convert.go"
  replace = "if before, known := m.recall(req.ResourceID); known {"
  with    = "if before, known := m.recall(req.ResourceID); false && known {"
  why     = "What is in doubt is not sent again by the run."
}

mutant "others under way" {
  file     = "internal/conversion/convert.go"
  replace  = "case len(maybe) > 0:\n\t\t\treturn Receipt{}, nil, maybe, nil"
  with     = "case false:\n\t\t\treturn Receipt{}, nil, maybe, nil"
  why      = "A conversion that is under review may be of this resource."
  explored = "converting under review"
}

mutant "spending and accounts" {
  file    = "internal/conversion/convert.go"
  replace = "if err := m.allowed(ctx, req); err != nil {"
  with    = "if err := m.allowed(ctx, req); false {"
  why     = "It starts charges, which mode = \"deny\" and allowed_domain_ids rule out."
}

mutant "an interruption before the call" {
  file    = "internal/conversion/convert.go"
  replace = "if err := ctx.Err(); err != nil {\n\t\t\treturn Receipt{}, nil, nil, fmt"
  with    = "if err := ctx.Err(); false {\n\t\t\treturn Receipt{}, nil, nil, fmt"
  why     = "Who interrupts before it wants nothing converted."
}

mutant "an interruption during the call" {
  file    = "internal/conversion/convert.go"
  replace = "context.WithTimeout(context.WithoutCancel(ctx), m.conditions.Timing.Act)"
  with    = "context.WithTimeout(ctx, m.conditions.Timing.Act)"
  why     = "An interrupted look would leave something converted that nobody knows of."
}

mutant "an order and a failure in one answer" {
  file    = "internal/conversion/convert.go"
  replace = "case own.Result == bssapi.ConversionFail && own.OrderID != \"\":"
  with    = "case false:"
  why     = "An answer that names both is no answer."
}

mutant "success and an error in one answer" {
  file    = "internal/conversion/convert.go"
  replace = "case accepts && own.ErrorCode != \"\" && own.ErrorCode != bssapi.CodeSuccess:"
  with    = "case false:"
  why     = "An answer that says both is no answer."
}

mutant "an answer about others" {
  file    = "internal/conversion/convert.go"
  replace = "case rows != 1:"
  with    = "case rows == 0:"
  why     = "An answer that names the resource twice is no acceptance and no refusal."
}

mutant "a failure where nobody knows" {
  file    = "internal/conversion/convert.go"
  replace = "case errors.Is(err, bssapi.ErrServer):\n\t\treturn false"
  with    = "case false:\n\t\treturn false"
  why     = "An error of the server does not say that nothing was done."
}

mutant "looks after being throttled" {
  file    = "internal/conversion/convert.go"
  replace = "nothing := refused(cause) && !errors.Is(cause, bssapi.ErrThrottled) &&"
  with    = "nothing := refused(cause) &&"
  why     = "A throttled call is sent again only after nothing has shown for the whole time."
}

mutant "touched while throttled" {
  file    = "internal/conversion/convert.go"
  replace = "refused(open.err) && (open.untouched || !errors.Is(open.err, bssapi.ErrThrottled)):"
  with    = "refused(open.err):"
  why     = "A throttled call is sent again only where no order came of it."
}

mutant "gone without its order" {
  file    = "internal/conversion/convert.go"
  replace = "ended && len(orders.completed()) > 0"
  with    = "ended"
  why     = "Absence counts only with a completed order."
}

mutant "the lock of a resource" {
  file    = "internal/conversion/convert.go"
  replace = "defer m.conditions.Locks.Lock(act.Resource(req.ResourceID))()"
  with    = ""
  why     = "Two acts on one resource in one run would both see it as it was."
}

mutant "two at a time" {
  file    = "internal/conversion/convert.go"
  replace = "defer m.conditions.Locks.Lock(act.Sending(\"convert_to_on_demand_now\"))()"
  with    = ""
  why     = "The orders of two doubtful calls could not be told apart."
}

mutant "an order of another service" {
  file    = "internal/conversion/orders.go"
  replace = " ||\n\t\t\tlisted.ServiceTypeCode != \"\" && service != \"\" && listed.ServiceTypeCode != service"
  with    = ""
  why     = "An order of another service is of another resource."
}

mutant "an order that names others too" {
  file    = "internal/conversion/orders.go"
  replace = "case named && !others:"
  with    = "case named:"
  why     = "An answer that has them all proves nothing."
}

mutant "which of several orders" {
  file    = "internal/conversion/convert.go"
  replace = "m.own(ctx, open.orders.completed(), before.ResourceID); err == nil && len(own) == 1 {"
  with    = "open.orders.completed(), error(nil), error(nil); err == nil && len(own) == 1 {"
  why     = "An order that only may be of the resource is not taken for its own."
}

mutant "the order of an answer that named none" {
  file    = "internal/conversion/receipt.go"
  replace = "if len(own) != 1 {"
  with    = "if own = append(own, maybe...); len(own) != 1 {"
  why     = "The review of another resource does not decide about this one."
}

mutant "a review that an unsubscription ended" {
  file    = "internal/conversion/receipt.go"
  replace = "if err == nil && len(others) == 0 {"
  with    = "if err == nil && len(others) >= 0 {"
  why     = "What was unsubscribed is not called pay-per-use."
}

mutant "sent again whatever came back" {
  file    = "internal/conversion/convert.go"
  replace = "return Receipt{}, nil, errors.Is(open.err, bssapi.ErrThrottled), m.refusal"
  with    = "return Receipt{}, nil, true, m.refusal"
  why     = "Only what the API itself throttled is sent again."
}
