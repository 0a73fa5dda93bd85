# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "spending is denied" {
  file    = "internal/spending/guard.go"
  replace = "if g == nil || !g.policy.Deny {"
  with    = "if true {"
  why     = "mode = \"deny\" is the promise of a run that reads only."
}

mutant "the bound of a run" {
  file    = "internal/spending/guard.go"
  replace = "sum.Add(amount).Cmp(most) > 0"
  with    = "false"
  why     = "max_per_apply bounds the sum."
}

mutant "a second currency" {
  file    = "internal/spending/guard.go"
  replace = "g.currency != \"\" && currency != g.currency"
  with    = "false"
  why     = "Sums of two currencies bound nothing."
}

mutant "an amount that cannot be counted" {
  file    = "internal/spending/guard.go"
  replace = "amount.IsNull() || amount.Sign() < 0 || currency == \"\""
  with    = "false"
  why     = "What cannot be counted would be free."
}

mutant "what is reserved" {
  file    = "internal/spending/guard.go"
  replace = "g.reserved = g.reserved.Add(amount)"
  with    = ""
  why     = "What a run has spent counts against the rest."
}

mutant "a price that is not known" {
  file    = "internal/spending/guard.go"
  replace = "if !g.policy.RequireKnownPrice {"
  with    = "if true {"
  why     = "require_known_price refuses plans without a price."
}

mutant "deny at a reservation" {
  file    = "internal/spending/guard.go"
  replace = "if err := g.Denied(); err != nil {\n\t\treturn nil, err\n\t}\n"
  with    = ""
  why     = "The act itself asks too, not only the plan."
}

mutant "the account of the credentials" {
  file    = "internal/act/conditions.go"
  replace = "if c.Account == nil {"
  with    = "if true {"
  why     = "allowed_domain_ids is asked before anything is acted on."
  tests   = ["./internal/payment", "./internal/renewal", "./internal/unsubscription", "./internal/conversion", "./internal/expiry"]
}

mutant "locks that differ by case" {
  file    = "internal/act/locks.go"
  replace = "s.ID = strings.ToUpper(s.ID)"
  with    = "_ = strings.ToUpper(s.ID)"
  why     = "Two spellings of an order id are one order."
}

mutant "a lock that holds nobody" {
  file    = "internal/act/locks.go"
  replace = "lock <- struct{}{}\n\n\treturn func() { <-lock }"
  with    = "return func() {}"
  why     = "Two acts on one subject take turns."
}

mutant "an end of waiting that shows nothing" {
  file    = "internal/act/until.go"
  replace = "if shows(seen, err) {"
  with    = "if true {"
  why     = "A look goes on until what was done shows."
  tests   = ["./internal/payment"]
}

mutant "acts are sent once" {
  file    = "internal/bssapi/retry.go"
  replace = "case kindAct:\n\t\treturn false"
  with    = "case kindAct:\n\t\treturn transient(err)"
  why     = "No act is sent again by the client itself."
}

mutant "acts with other keys" {
  file    = "internal/bssapi/retry.go"
  replace = "(a.op.kind == kindQuery || a.op.kind == kindSetting && NotDone(failed))"
  with    = "true"
  why     = "An act whose keys were refused is left to what looks first."
}

mutant "settings that may have arrived" {
  file    = "internal/bssapi/retry.go"
  replace = "return NotDone(err) && transient(err)"
  with    = "return transient(err)"
  why     = "A setting is sent again only where it was certainly not made."
}

mutant "a dial error after a connection" {
  file    = "internal/bssapi/transport.go"
  replace = "if dial && !connected.Load() || asked.Load() && !connected.Load() {"
  with    = "if dial || asked.Load() && !connected.Load() {"
  why     = "An error of another dial does not prove that nothing was sent."
}

mutant "writes over HTTP/1.1" {
  file    = "internal/bssapi/transport.go"
  replace = "if attemptsOf(ctx).op.kind != kindQuery {"
  with    = "if false {"
  why     = "Over HTTP/2 Go repeats some requests by itself."
}

mutant "the details of another order" {
  file    = "internal/bssapi/orders.go"
  replace = "case r.OrderInfo != nil && strings.EqualFold(r.OrderInfo.OrderID, orderID):"
  with    = "case r.OrderInfo != nil && (true || strings.EqualFold(r.OrderInfo.OrderID, orderID)):"
  why     = "Amounts and deadline of another order bound nothing."
  tests   = ["./test/lies"]
}

mutant "amounts in another unit" {
  file    = "internal/bssapi/decimal.go"
  replace = "func InCurrency(measureID int) bool { return measureID == 0 || measureID == 1 }"
  with    = "func InCurrency(int) bool { return true }"
  why     = "Cents taken for dollars are a hundred times the cap."
  tests   = ["./internal/payment"]
}

mutant "prices in another unit" {
  file    = "internal/bssapi/prices.go"
  replace = "if err := CheckUnit(measureIDs...); err != nil {"
  with    = "if err := CheckUnit(measureIDs...); false {"
  why     = "A price in another unit is no price."
  tests   = ["./internal/provider ^TestOtherUnits$"]
}
