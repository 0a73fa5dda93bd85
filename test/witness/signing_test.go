// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// corpus invents requests, always the same ones.
type corpus struct{ *rand.Rand }

func newCorpus() corpus {
	return corpus{rand.New(rand.NewPCG(20261122, 1))} //nolint:gosec // Repeatable test data.
}

const (
	letters   = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	idMarks   = letters + "-_.~!$&'()*+,:;=@[]^`|\"<>"
	printable = idMarks + " /\\?#%{}"
	worldwide = printable + "\t\n\x00\x7fäßéñ云硬盘元€😀\u00a0\u2028"
)

// of is a text of 1 to length characters of the alphabet, with something else
// than dots in it.
func (c corpus) of(alphabet string, length int) string {
	runes := []rune(alphabet)
	var b strings.Builder
	for range 1 + c.IntN(length) {
		b.WriteRune(runes[c.IntN(len(runes))])
	}
	if strings.Trim(b.String(), ".") == "" {
		return "x"
	}

	return b.String()
}

// some is a text as of makes it, or none.
func (c corpus) some(alphabet string, length int) string {
	if c.IntN(3) == 0 {
		return ""
	}

	return c.of(alphabet, length)
}

func (c corpus) instant() time.Time {
	return time.Unix(c.Int64N(4_000_000_000), 0)
}

// calls are the operations of this project's client, with invented arguments.
var calls = map[string]func(context.Context, *bssapi.Client, corpus) error{
	"list_orders": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		for _, err := range client.ListOrders(ctx, bssapi.ListOrdersRequest{
			OrderID: c.some(worldwide, 80), ServiceTypeCode: c.some(worldwide, 80), OrderBy: c.some(worldwide, 10),
			Method: c.some(worldwide, 10), CreateTimeBegin: c.instant(), Status: 6,
		}) {
			return err
		}

		return nil
	},
	"get_order": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		_, err := client.GetOrder(ctx, c.of(idMarks, 64))

		return err
	},
	"list_order_discounts": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		_, err := client.ListOrderDiscounts(ctx, c.of(idMarks, 64))

		return err
	},
	"list_coupons": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		for _, err := range client.ListCoupons(ctx, bssapi.ListCouponsRequest{
			CouponID: c.some(worldwide, 80), PromotionPlanID: c.some(worldwide, 80), SourceID: c.some(printable, 10),
		}) {
			return err
		}

		return nil
	},
	"list_resources": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		for _, err := range client.ListResources(ctx, bssapi.ListResourcesRequest{
			ResourceIDs: []string{c.of(worldwide, 64), c.of(letters, 36)}, OrderID: c.some(worldwide, 64), ExpireTimeEnd: c.instant(),
		}) {
			return err
		}

		return nil
	},
	"get_account_balances": func(ctx context.Context, client *bssapi.Client, _ corpus) error {
		_, err := client.GetAccountBalances(ctx)

		return err
	},
	"pay_order": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		return client.PayOrder(ctx, bssapi.PayOrderRequest{
			OrderID:  c.of(idMarks, 64),
			Coupons:  []bssapi.PayCoupon{{ID: c.of(worldwide, 64), Type: 301}, {ID: c.of(worldwide, 64), Type: 300}},
			Discount: &bssapi.PayDiscount{ID: c.of(worldwide, 64), Type: 2},
		})
	},
	"pay_order_v1": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		_, err := client.PayOrderV1(ctx, bssapi.PayOrderV1Request{DomainID: c.of(idMarks, 64), OrderID: c.of(idMarks, 64)})

		return err
	},
	"cancel_order": func(ctx context.Context, client *bssapi.Client, c corpus) error {
		return client.CancelOrder(ctx, c.of(idMarks, 64))
	},
}

// sink keeps the last request, and refuses it.
type sink struct {
	request *http.Request
	body    []byte
}

func (s *sink) RoundTrip(r *http.Request) (*http.Response, error) {
	s.request, s.body = r, nil
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		s.body = data
		if err := r.Body.Close(); err != nil {
			return nil, err
		}
	}

	return &http.Response{
		StatusCode: http.StatusBadRequest, Header: http.Header{}, Request: r,
		Body: io.NopCloser(strings.NewReader(`{"error_code": "CBC.0100", "error_msg": "refused"}`)),
	}, nil
}

// vendorSignature signs a request again, with the signer of the SDK.
func vendorSignature(t *testing.T, r *http.Request, body []byte, accessKey, secretKey string) string {
	t.Helper()
	again := request.NewHttpRequestBuilder().WithMethod(r.Method).
		WithEndpoint(r.URL.Scheme+"://"+r.URL.Host).WithPath(r.URL.Path).AddHeaderParam("Host", r.URL.Host)
	for name, values := range r.Header {
		if name == "Authorization" {
			continue
		}
		if len(values) != 1 {
			t.Fatalf("%d values of the header %s, which the SDK cannot express", len(values), name)
		}
		again.AddHeaderParam(name, values[0])
	}
	for name, values := range r.URL.Query() {
		again.AddQueryParam(name, reflect.ValueOf(values))
	}
	if len(body) > 0 {
		again.WithBody("", string(body))
	}
	headers, err := signer.Sign(again.Build(), accessKey, secretKey)
	if err != nil {
		t.Fatal(err)
	}

	return headers["Authorization"]
}

// TestSignatures compares the signatures of this project's client with those
// that the vendor's signer makes for the same requests.
func TestSignatures(t *testing.T) {
	t.Parallel()
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCorpus()
			seen := map[string]bool{}
			for range 250 {
				accessKey, secretKey := c.of(letters, 40), c.of(printable, 60)
				sent := &sink{}
				client, err := bssapi.New(
					bssapi.WithSite(bssapi.SiteInternational),
					bssapi.WithEndpoint(fmt.Sprintf("https://bss-%d.example.com:%d", c.IntN(1000), 1+c.IntN(65535))),
					bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{
						AccessKey: accessKey, SecretKey: secretKey, SecurityToken: c.some(printable, 400),
					})),
					bssapi.WithDomainID(c.some(letters, 32)),
					bssapi.WithUserAgent(c.of(printable, 40)),
					bssapi.WithClock(clocktest.New(c.instant())),
					bssapi.WithTransport(sent),
					bssapi.WithMaxRetries(0),
				)
				if err != nil {
					t.Fatal(err)
				}
				if err := call(t.Context(), client, c); !errors.Is(err, bssapi.CodeParameterInvalid) {
					t.Fatalf("the call did not arrive: %v", err)
				}
				ours := sent.request.Header.Get("Authorization")
				theirs := vendorSignature(t, sent.request, sent.body, accessKey, secretKey)
				if ours != theirs || !strings.HasPrefix(ours, "SDK-HMAC-SHA256 Access="+accessKey+", ") {
					t.Fatalf("%s %s %q\nours:   %s\ntheirs: %s", sent.request.Method, sent.request.URL, sent.body, ours, theirs)
				}
				seen[ours] = true
			}
			if len(seen) != 250 {
				t.Errorf("%d different signatures of 250", len(seen))
			}
		})
	}
}

// TestSignedTexts lets the SDK sign whatever an argument can hold: the
// simulator may refuse the argument, but not the signature.
func TestSignedTexts(t *testing.T) {
	t.Parallel()
	requests := map[string]func(corpus) tree{
		"list_orders": func(c corpus) tree {
			return tree{"order_id": c.of(worldwide, 60), "service_type_code": c.of(worldwide, 60)}
		},
		"get_order": func(c corpus) tree {
			// A slash would be one of the path's own.
			return tree{"order_id": c.of(strings.ReplaceAll(worldwide, "/", ""), 60)}
		},
		"list_coupons":         func(c corpus) tree { return tree{"coupon_id": c.of(worldwide, 60)} },
		"list_order_discounts": func(c corpus) tree { return tree{"order_id": c.of(worldwide, 60)} },
		"list_resources": func(c corpus) tree {
			return tree{"body": tree{"resource_ids": []string{c.of(worldwide, 60)}}}
		},
		"pay_order": func(c corpus) tree {
			return paymentWith(c.of(worldwide, 60), []any{choice(c.of(worldwide, 60), 301)}, nil)
		},
		"cancel_order": func(c corpus) tree { return tree{"body": tree{"order_id": c.of(worldwide, 60)}} },
	}
	for name, invent := range requests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCorpus()
			vendor := demo(t, bsssim.SiteInternational)
			for range 100 {
				fields := invent(c)
				_, _, err := vendor.try(t, name, fields)
				var refusal *sdkerr.ServiceResponseError
				if err != nil && (!errors.As(err, &refusal) || refusal.StatusCode != http.StatusBadRequest) {
					t.Fatalf("%q: %v", fields, err)
				}
			}
		})
	}
}
