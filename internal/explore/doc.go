// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package explore runs the acts that cost money through every order of events.
//
// Its tests are all of it. A pipeline does what Terraform does: it plans, is
// approved, plans again, compares, and acts, through the plugin protocol with the
// provider as it ships. What the provider sends is held, and a depth-first search
// chooses for each request what becomes of it. Whatever differs from the calm course
// is a departure: a request or an answer that is lost, an act that lands late, "too
// many requests", a kill, somebody else who acts, a switch of what no source of the
// vendor settles. A cell is one act, a number of pipelines, and a number of
// departures.
//
// Time is that of testing/synctest: nothing waits, and one thing happens at a time.
package explore
