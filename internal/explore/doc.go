// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package explore runs the acts that cost money through every order of events.
//
// Its tests are all of it. A pipeline does what Terraform does: it plans, is approved,
// plans again, compares, and acts, over the plugin protocol and with the provider as it
// ships. What the provider sends is held, and a search chooses for each request what
// becomes of it. Whatever differs from the calm course is a departure: a request or an
// answer that is lost, an act that lands late, "too many requests", a kill, an
// interruption, somebody else who acts, a switch of what no source of the vendor settles.
// A cell is one act, a number of pipelines, and a number of departures.
//
// After the last departure, a person applies until nothing is left to do, and does what a
// refusal asks for. Laws of safety hold at each call, and laws of life at the end. What
// breaks one whatever a client does is listed in testdata/irreducible.md.
//
// Time is that of testing/synctest: nothing waits, and one thing happens at a time. Where
// no process runs, the search goes on from the state alone, and a state that was seen is
// not entered again. Of the reads of two pipelines, which commute, one order is gone
// through. TestReductions shows that this hides nothing.
package explore
