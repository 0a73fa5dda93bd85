// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package outlook says what will happen to yearly/monthly resources, when, and what
// that will cost. It makes no call: rows come in, and events go out.
//
//	Rules   what no call of the API shows, and has to be said: period, deduction
//	        day, common day of expiry.
//	Events  what happens to each resource, in the order of time.
//	Price   puts what renewals cost, or why that is not known, to the events.
//	Cover   holds them against what the account can pay with.
//	Terms   what a product costs in each way to pay.
//	Spent   what a month has cost, and what it will.
package outlook
