// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package bssapi is a client of the customer side of the Huawei Cloud billing
// API (BSS, "Customer Operation Capabilities").
//
// A [Client] has one method for each operation of the API: orders.go and
// payments.go hold the orders, coupons.go the coupons, resources.go the
// yearly/monthly resources, accounts.go balances and accounts. Amounts are
// [Decimal] and keep the exact text of the answer. A field that is missing,
// null or "" in an answer is the zero value of its Go field.
//
// Every failure is an [*Error]. Use errors.Is to compare it with a kind
// ([ErrThrottled], [ErrNoAnswer] and so on) or with a code of the API
// ([CodeBalanceShort] and so on). [NotDone] tells whether a mutation was
// certainly not carried out.
//
// A call passes these layers, each with one job: the request is built
// (request.go), repeated if its operation may be repeated (retry.go), held to
// the published quota (limit.go), signed (sign.go), logged and sent
// (transport.go). Reads of many rows are iterators over pages (pages.go).
//
// Operations that spend or give back money are never repeated by this package,
// whatever the answer was: the caller looks at the order first.
package bssapi
