// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// message is an error or a warning that a test got.
type message struct {
	severity, summary, detail, at string
}

// heard are the messages of this run by the test that got them, and the tests that
// ran to their end, which got all of theirs.
var heard = struct {
	sync.Mutex
	messages map[string]map[message]bool
	ended    map[string]bool
}{messages: map[string]map[message]bool{}, ended: map[string]bool{}}

// fullServer is all that the provider answers.
type fullServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// listening is a provider whose messages are kept, for the golden of all messages.
type listening struct {
	fullServer
	t    tester
	home string
}

// server is a provider server as a new process would have it.
func (w *world) server() tfprotov6.ProviderServer { return listenTo(w.t, w.home, w.provider()) }

func listenTo(t tester, home string, made *bssProvider) tfprotov6.ProviderServer {
	server := providerserver.NewProtocol6(made)()

	full, ok := server.(fullServer)
	own, counts := t.(*testing.T)

	if !ok || !counts {
		// What a random sequence gets is not the same in every run.
		return server
	}

	heard.Lock()
	defer heard.Unlock()

	if heard.messages[t.Name()] == nil {
		heard.messages[t.Name()] = map[message]bool{}

		own.Cleanup(func() {
			heard.Lock()
			defer heard.Unlock()

			heard.ended[own.Name()] = !own.Skipped() && !own.Failed()
		})
	}

	return &listening{full, t, home}
}

func (s *listening) hear(diags []*tfprotov6.Diagnostic) {
	heard.Lock()
	defer heard.Unlock()

	for _, one := range diags {
		severity := "Warning"
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			severity = "Error"
		}

		s.keep(message{severity, one.Summary, one.Detail, placeOf(one.Attribute)})
	}
}

func (s *listening) keep(one message) {
	if s.home != "" {
		one.detail = strings.ReplaceAll(one.detail, s.home, "/home/user")
	}

	heard.messages[s.t.Name()][one] = true
}

// hears makes a call, and keeps what its answer says.
func hears[Q, A any](ctx context.Context, s *listening, req *Q, call func(context.Context, *Q) (*A, error)) (*A, error) {
	answer, err := call(ctx, req)
	if err == nil {
		diags, _ := reflect.ValueOf(answer).Elem().FieldByName("Diagnostics").Interface().([]*tfprotov6.Diagnostic)
		s.hear(diags)
	}

	return answer, err
}

func (s *listening) ValidateProviderConfig(
	ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return hears(ctx, s, req, s.fullServer.ValidateProviderConfig)
}

func (s *listening) ConfigureProvider(
	ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return hears(ctx, s, req, s.fullServer.ConfigureProvider)
}

func (s *listening) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return hears(ctx, s, req, s.fullServer.ValidateResourceConfig)
}

func (s *listening) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return hears(ctx, s, req, s.fullServer.ReadResource)
}

func (s *listening) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return hears(ctx, s, req, s.fullServer.PlanResourceChange)
}

func (s *listening) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return hears(ctx, s, req, s.fullServer.ApplyResourceChange)
}

func (s *listening) ImportResourceState(
	ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return hears(ctx, s, req, s.fullServer.ImportResourceState)
}

func (s *listening) MoveResourceState(
	ctx context.Context, req *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	return hears(ctx, s, req, s.fullServer.MoveResourceState)
}

func (s *listening) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return hears(ctx, s, req, s.fullServer.ValidateDataResourceConfig)
}

func (s *listening) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return hears(ctx, s, req, s.fullServer.ReadDataSource)
}

func (s *listening) ValidateListResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest,
) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return hears(ctx, s, req, s.fullServer.ValidateListResourceConfig)
}

func (s *listening) ValidateActionConfig(
	ctx context.Context, req *tfprotov6.ValidateActionConfigRequest,
) (*tfprotov6.ValidateActionConfigResponse, error) {
	return hears(ctx, s, req, s.fullServer.ValidateActionConfig)
}

func (s *listening) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return hears(ctx, s, req, s.fullServer.PlanAction)
}

func (s *listening) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	answer, err := s.fullServer.CallFunction(ctx, req)
	if err == nil && answer.Error != nil {
		heard.Lock()
		defer heard.Unlock()

		s.keep(message{"Error", answer.Error.Text, "", ""})
	}

	return answer, err
}

func (s *listening) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.fullServer.InvokeAction(ctx, req)
	if err != nil {
		return stream, err
	}

	stream.Events = each(stream.Events, func(event tfprotov6.InvokeActionEvent) {
		if completed, is := event.Type.(tfprotov6.CompletedInvokeActionEventType); is {
			s.hear(completed.Diagnostics)
		}
	})

	return stream, nil
}

func (s *listening) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.fullServer.ListResource(ctx, req)
	if err != nil {
		return stream, err
	}

	stream.Results = each(stream.Results, func(result tfprotov6.ListResourceResult) { s.hear(result.Diagnostics) })

	return stream, nil
}

// each is a sequence whose elements are shown on their way.
func each[E any](all iter.Seq[E], show func(E)) iter.Seq[E] {
	return func(yield func(E) bool) {
		all(func(one E) bool {
			show(one)

			return yield(one)
		})
	}
}
