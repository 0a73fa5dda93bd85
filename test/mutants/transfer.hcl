# Copyright (c) The terraform-provider-bss Authors
# SPDX-License-Identifier: MPL-2.0

mutant "one transfer at a time" {
  file    = "internal/transfer/move.go"
  replace = "defer m.conditions.Locks.Lock(act.Sending(\"transfer\"))()"
  with    = ""
  why     = "The API makes one transfer at a time, and two that are sent at once could not be told apart by what shows."
}

mutant "the amount is not in the id" {
  file    = "internal/transfer/request.go"
  replace = "%q %q %q %q %q\", r.AccountID"
  with    = "%q %q %q %q %q\"+r.Amount.String(), r.AccountID"
  why     = "Another amount under one key is never a second transfer."
}

mutant "the key is in the id" {
  file    = "internal/transfer/request.go"
  replace = "r.Direction, kind, r.Key))"
  with    = "r.Direction, kind, \"\"))"
  why     = "A new key is another transfer."
}

mutant "the member is in the id" {
  file    = "internal/transfer/request.go"
  replace = "r.AccountID, r.MemberID, r.Direction"
  with    = "r.AccountID, r.AccountID, r.Direction"
  why     = "What goes to two members is two transfers."
}

mutant "the direction is in the id" {
  file    = "internal/transfer/request.go"
  replace = "r.MemberID, r.Direction, kind"
  with    = "r.MemberID, ToMember, kind"
  why     = "What goes back is another transfer."
}

mutant "a look after a doubt" {
  file    = "internal/transfer/move.go"
  replace = "case recorded, m.doubtful != nil && now.moved(m.before, m.req):"
  with    = "case recorded, false && m.doubtful != nil && now.moved(m.before, m.req):"
  why     = "What shows as made is not sent again: the server may have forgotten the id."
}

mutant "what both accounts hold" {
  file    = "internal/transfer/look.go"
  replace = "return out.Cmp(amount) == 0 && in.Cmp(amount) == 0"
  with    = "return false && out.Cmp(in) == 0"
  why     = "A transfer whose answer was lost shows by what both accounts hold."
}

mutant "one side alone" {
  file    = "internal/transfer/look.go"
  replace = "return out.Cmp(amount) == 0 && in.Cmp(amount) == 0"
  with    = "return out.Cmp(amount) == 0 || false && in.Cmp(amount) == 0"
  why     = "What went out may have gone elsewhere."
}

mutant "the other side alone" {
  file    = "internal/transfer/look.go"
  replace = "return out.Cmp(amount) == 0 && in.Cmp(amount) == 0"
  with    = "return in.Cmp(amount) == 0 || false && out.Cmp(amount) == 0"
  why     = "What came in may have come from elsewhere."
}

mutant "a record of another amount" {
  file    = "internal/transfer/quote.go"
  replace = "if known && !req.Amount.IsNull() && amount.Cmp(req.Amount) != 0 {"
  with    = "if known && false {"
  why     = "Another amount under one key is an error, and never recorded as this one."
}

mutant "a record that shows it" {
  file    = "internal/transfer/quote.go"
  replace = "return now.record != nil, nil"
  with    = "return false, nil"
  why     = "What a record shows as made is not sent again."
}

mutant "a record of another transfer" {
  file    = "internal/transfer/look.go"
  replace = "if record := of(row); record.TradeID == \"\" ||"
  with    = "if record := of(row); true ||"
  why     = "A record that names another id is not of the transfer."
}

mutant "what there is" {
  file    = "internal/transfer/move.go"
  replace = "if first && now.refusal != nil {"
  with    = "if false {"
  why     = "What cannot be moved is refused before the call, which would use the id up."
}

mutant "an id that was used before" {
  file    = "internal/transfer/move.go"
  replace = "case errors.Is(err, bssapi.CodeTransIDUsed):"
  with    = "case false:"
  why     = "What the server took is recorded, and not sent again."
}

mutant "used by this run" {
  file    = "internal/transfer/move.go"
  replace = "receipt, warnings = unconfirmed(m.req, m.before)"
  with    = "receipt, warnings = made(m.req, m.req.Amount), nil"
  why     = "What does not show is not said to be made."
}

mutant "another transfer that runs" {
  file    = "internal/transfer/move.go"
  replace = "case errors.Is(err, bssapi.CodeTransferRunning):\n\t\treturn Receipt{}, nil, true, err"
  with    = "case errors.Is(err, bssapi.CodeTransferRunning):\n\t\treturn Receipt{}, nil, false, err"
  why     = "A transfer waits for another one."
}

mutant "a throttled transfer" {
  file    = "internal/transfer/move.go"
  replace = "case bssapi.NotDone(err) && !errors.Is(err, bssapi.ErrThrottled):"
  with    = "case bssapi.NotDone(err):"
  why     = "Too many requests may be said after the act."
}

mutant "a refusal after a doubt" {
  file     = "internal/transfer/move.go"
  replace  = "case m.doubtful != nil:\n\t\treturn &act.Doubt{Doing: act.DoingTransfer"
  with     = "case false:\n\t\treturn &act.Doubt{Doing: act.DoingTransfer"
  why      = "A refusal of the second request says nothing about the first."
}

mutant "the account" {
  file    = "internal/transfer/move.go"
  replace = "if err := m.conditions.Allowed(ctx, \"\"); err != nil {"
  with    = "if err := error(nil); err != nil {"
  why     = "Nothing is moved of an account that is not allowed."
}

mutant "what goes out is counted" {
  file    = "internal/transfer/move.go"
  replace = "if !first || !m.req.spends() {"
  with    = "if true {"
  why     = "max_per_apply and deny hold for what is transferred."
}

mutant "what comes back is not spent" {
  file    = "internal/transfer/request.go"
  replace = "func (r Request) spends() bool { return r.Direction == ToMember }"
  with    = "func (r Request) spends() bool { return true }"
  why     = "Retrieving is not spending."
}

mutant "another unit" {
  file    = "internal/transfer/look.go"
  replace = "err = bssapi.CheckUnit(row.MeasureID)"
  with    = "err = nil"
  why     = "An amount in a unit that is not known stands for nothing."
}

mutant "several credits" {
  file    = "internal/transfer/look.go"
  replace = "case len(fitting) > 1:"
  with    = "case len(fitting) > 9:"
  why     = "Which credit is moved is not guessed."
}

mutant "an edited transfer" {
  file    = "internal/provider/frame_transfer.go"
  replace = "if value.IsUnknown() || value.Equal(recorded[name]) {"
  with    = "if value.IsUnknown() || true {"
  why     = "Another transfer under one key is an error in the plan."
  tests   = ["./internal/provider ^TestTransfer"]
}

mutant "two blocks of one key" {
  file    = "internal/provider/frame_transfer.go"
  replace = "if _, taken := r.services.claims.Claim(claim); !taken {"
  with    = "if _, taken := r.services.claims.Claim(claim); !taken || true {"
  why     = "Two blocks with one id are one transfer."
  tests   = ["./internal/provider ^TestTransferTwice"]
}

mutant "a transfer that the plan stated as made" {
  file    = "internal/transfer/move.go"
  replace = "if m.req.Made {"
  with    = "if false {"
  why     = "What a record showed at the plan is not moved again once the server has forgotten it."
  tests   = ["./internal/provider ^TestTransferStatedAsMade$"]
}
