// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package act is what all acts that can cost money have in common: paying,
// canceling, renewing, unsubscribing, converting to pay-per-use and setting what
// happens at expiry.
//
//	Refusal, Doubt, Warning  what an act ends in, beside its receipt.
//	Conditions               what an act runs under: clock, timing, account, spending, locks.
//	Locks                    one act at a time for each order and each resource.
//	Until                    looks again and again until something shows.
//
// The order in which an act looks, reserves, sends and looks again is not here.
// Each package of an act has its own, because they differ in what keeps the
// money safe.
package act
