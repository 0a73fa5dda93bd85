// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package bsssim simulates the customer side of Huawei Cloud BSS, so that
// billing can be developed, tested and shown without an account and without
// money. It shares no types with the client and the provider: it is built from
// operations.json, the description of the API, alone.
//
// It is strict: a request is checked against operations.json, and an unknown
// parameter, a wrong type, a value out of range or a bad signature is refused
// by name. It is stateful: orders are placed, paid, processed and expire, and
// what a call changes the next call shows. It is deterministic: ids count up,
// and nothing waits or fails unless it is told to.
//
// # What is simulated
//
//   - Orders: list_orders, get_order, list_order_coupons, list_order_discounts,
//     pay_order, pay_order_v1, cancel_order.
//   - list_coupons, get_account_balances, list_service_types.
//   - list_resources, read only.
//   - IAM's GET /v3/auth/domains, on the same host.
//
// All other operations of operations.json answer 501 with SIM.0501. Bills,
// prices, costs, packages, enterprise accounts and invoices are not simulated,
// nor are permissions other than the right to see discounts, taxes, and stored
// value cards.
//
// # Clocks
//
// Quotas and the age of signatures use real time. Everything else (orders,
// deadlines, transitions by duration, lag, the Date header) uses simulated
// time, which runs on with real time and can be advanced.
//
// A transition by reads=N answers the old state to N reads of the object and
// the new state to the next one. Options.Processing is how long a paid order
// stays in status 3, the setting resource_ids_after how long after completion
// its resources appear, and Options.Lag how long reads of orders and resources
// miss a change. Mutations always act on the real state.
//
// # Demo
//
// The seed demo is a customer with a balance of 1000.00, a credit of 500.00,
// two cash coupons (CP2611220000001: 10.00; CP2611220000002: 50.00, reusable,
// not with a commercial discount), a discount coupon (CP2611220000003), twelve
// resources b5500000-51a0-4000-8000-000000000001 to ...00c (servers ...001 and
// ...004 with attached disks, a database ...006 that ends in 5 days, one
// expired, one frozen, one closed), and these orders, in the currency of the
// site:
//
//	CS2611220000001  unpaid, new, 136.80, two lines
//	CS2611220000002  unpaid, new, 58.20
//	CS2611220000003  unpaid, renewal of ...001 for 3 months, 410.40
//	CS2611220000004  completed, new, 24.90, with its resource
//	CS2611220000005  canceled, 99.00
//	CS2611220000006  pending approval, 1200.00
//	CS2611220000007  processing, 75.00; it stays so until set_status
//	CS2611220000008  unpaid, combined, 100.00 of CS2611220000009 and CS2611220000010
//	CS2611220000011  unpaid, 320.00, to be paid by the master account
//	CS2611220000012  unpaid, 180.00 of 200.00: a commercial discount DC0000000001
//	                 (20.00, contained in the amount), a promotion DC0000000002
//	                 (30.00), a partner's discount DC0000000003 (10.00)
//
// # Settings
//
// Settings switch what no source settles. The first value is the default.
//
//	account_site                (none), china, international, europe: where the
//	                            account lives; elsewhere every call is refused
//	coupon_exclusion            by_type, any_discount: what a coupon's limits on
//	                            simultaneous use exclude
//	custody                     off, on: a master account pays; paying leaves the
//	                            order in status 6 and marks it
//	deadline_after_payment      keep, drop
//	deadline_cancels            on, off: whether an order shows as canceled as
//	                            soon as its payment deadline has passed
//	discount_changes_amount     on, off: whether the order's amount shows what
//	                            was charged
//	discount_permission         on, off: without it discounts are not listed
//	monthly_settlement          off, on: payments need no balance
//	no_discount_charges         after, official: what a payment without a
//	                            discount charges when the amount contains one that
//	                            can be selected
//	order_coupons_on_europe     off, on
//	order_query_finds_renewals  off, on: whether list_resources by the id of an
//	                            unpaid renewal finds what it renews
//	pay_v1_on_europe            off, on
//	repeat_while_processing     CBC.99003106, CBC.99000088: the refusal of a
//	                            payment while the order is processed
//	resource_ids_after          reads=0; reads=N or duration=D
//	server_locks                on, off: off charges an order again that is paid
//	setup_replaces_autorenew    on, off: kept for operations not simulated yet
//	sub_orders                  by_id, listed, hidden: how list_orders shows parts
//	                            of a combined order beside sub_order_infos
//	unknown_order               empty, error: get_order's answer for an order that
//	                            does not exist: total_count 0, or CBC.0101
//	unpaid_line_times           on, off: whether lines of an unpaid renewal carry
//	                            the times of the renewed period
//	v1_error_status             documented, 200: HTTP status of errors of the old
//	                            payment call
//	wrong_site_code             CBC.0156, CBC.0150
//
// # Console
//
// [Server.Console], or POST /_sim/console with {"<act>":{…}}, does what a
// person at the console would do. Amounts are text or numbers; times are
// RFC 3339, or a duration from now such as "48h" or "-1h".
//
//	place_order        amount (required unless sub_orders), official_amount,
//	                   order_id, order_type (1), status (6), currency,
//	                   service_type_code, lines (a number, or a list of
//	                   {service_type_code, product_id, product_spec_desc,
//	                   period_type, period_num, subscription_num, amount,
//	                   official_amount}), period_type (2), period_num (1),
//	                   create_time, deadline (seven days on), discounts [{id, type,
//	                   amount, ratio, mode, priced_in}], coupons [as add_coupon],
//	                   coupon_max, agent_pay, sub_orders [amounts], customer_id,
//	                   resources (how many it provides: 1), resource_ids (what a
//	                   renewal renews), enterprise_project_id, quota_short,
//	                   project_funds_short. Answers order_id, sub_order_ids,
//	                   coupon_ids, discount_ids, resource_ids.
//	pay_order          order_id, coupon_ids, discount_id, by (console, system)
//	cancel_order       order_id
//	approve_order      order_id: from pending approval to unpaid
//	reprice_order      order_id, amount
//	set_status         order_id, status: any code, which then stays
//	expire_order       order_id: its payment deadline is now
//	add_coupon         id, type (1), face_value (of a discount coupon: the share
//	                   that is left to pay), version (1), balance, group, status
//	                   (2), name, expire_time, use_limits [{limit_key, value1,
//	                   value2}], frozen, order_id
//	lock_coupon        coupon_id, order_id (empty unlocks)
//	expire_coupon      coupon_id
//	set_balance        amount, credit
//	add_resource       resource_id, name, service_type_code, parent_resource_id,
//	                   status (2), expire_time, expire_policy, spec_size,
//	                   enterprise_project_id, order_id
//	renew              resource_id, period_type, period_num, amount, unpaid
//	unsubscribe        resource_id, refund
//	freeze             resource_id
//	close_resource     resource_id
//	set_expire_policy  resource_id, policy
//
// # Choices
//
// Where the documentation leaves the answer open and no setting exists, the
// simulator does this. An order-price adjustment (609) that is not used, and a
// discount that the order does not offer, are refused with CBC.99003108. A
// coupon that is locked, frozen, expired or for another order is refused as
// used (CBC.99003112); one that does not exist, or has another type, as a bad
// parameter. A repeated payment of an order that waits for the master account
// answers 204 and changes nothing. Cancelling an unknown order is refused with
// CBC.30000010. A parameter for partners is refused by name. X-Domain-Id, and
// the domain of a path, must be the customer's.
package bsssim
