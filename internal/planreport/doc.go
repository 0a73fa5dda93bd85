// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package planreport says what applying a plan of Terraform does to money. The text of
// "terraform show -json" comes in, and a page of Markdown and a stable JSON go out. It
// makes no call, and knows no time but that of the plan.
//
//	Read      takes from the text what a report needs, in one pass.
//	kinds     what each resource and action of the provider does; one file a subject.
//	Report    rows, sums by currency, what stays, and forecasts that the plan holds.
//	Markdown  one screen of it, whatever the size of the plan.
//	JSON      all of it.
//
// What the plan does not say is null, or "not in the plan", and never 0. Only values of
// this provider that a report names leave it, and none that is marked as sensitive.
package planreport
