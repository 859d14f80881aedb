package errors

import (
	"context"
	"fmt"
	"strconv"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// surroundings are the error-tags that another session or another user brings forth.
func surroundings() {
	ginkgo.Describe("error list with others about", func() {
		inUse()
		lockDenied()
		accessDenied()
		partialOperation()
	})
}

func inUse() {
	const id = "rfc6241-A-in-use"
	It("has in-use of the protocol or the application", Spec("errors/in-use"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		holder, b := Open(ctx, Named("holder")), begin(ctx)
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		leaf, _ := b.leaf()
		leaf.Change(ctx, b.s)
		Demand(id, b.s.Commit(ctx)).To(BeRPCError(InUse).OfType(Protocol, Application).OfSeverity("error"))
		Given(b.s.DiscardChanges(ctx)).To(BeOK())
		Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
	})
}

func lockDenied() {
	const id = "rfc6241-A-lock-denied"
	It("has lock-denied of the protocol, with a session-id", Spec("errors/lock-denied"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		reply := rival.Lock(ctx, datastore.Running)
		Demand(id, reply).To(BeRPCError(LockDenied).OfType(Protocol).OfSeverity("error"))
		Demand(id, reply).To(HaveXPath(`count(/nc:rpc-reply/nc:rpc-error[nc:error-tag="lock-denied"]/nc:error-info/nc:session-id)=1`))
		Demand(id, reply).To(HaveXPath(`/nc:rpc-reply/nc:rpc-error/nc:error-info/nc:session-id`, Hold("a number from 0 to 4294967295", func(text string) bool {
			_, err := strconv.ParseUint(text, 10, 32)
			return err == nil
		})))
		Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
	})
}

func accessDenied() {
	const id = "rfc6241-A-access-denied"
	It("has access-denied of the protocol or the application", Spec("errors/access-denied"), Covers(id),
		Needs("second-user", "fixture:leaf", writable), func(ctx ginkgo.SpecContext) {
			b, guest := begin(ctx), Open(ctx, Named("second-user"), AsSecondUser())
			leaf, _ := b.leaf()
			before := leaf.Read(ctx, b.s, b.store)
			reply := guest.RPC(ctx, leaf.Edit(leaf.Other(before)))
			Observe("edit-config by the second user", outcome(reply), "access-denied")
			if reply.Normal() {
				NoVerdict("the second user may write the fixture's leaf")
			}
			Demand(id, reply).To(BeRPCError(AccessDenied).OfType(contentLayers(b)...).OfSeverity("error"))
			Demand(id, leaf.Read(ctx, b.s, b.store)).To(Equal(before))
		})
}

func partialOperation() {
	const id = "rfc6241-A-partial-operation"
	It("never has partial-operation", Spec("errors/no-partial-operation"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		reply := partial(ctx, b)
		Observe("continue-on-error with one fault", outcome(reply))
		Given(reply).To(BeAnswered())
		Demand(id, tagsOf(reply)).NotTo(Equal([]string{"partial-operation"}))
	})
}

// partial sends an edit that is to go on behind a fault: a create of what is there, and a change.
func partial(ctx context.Context, b bench) *session.Reply {
	leaf, _ := b.leaf()
	Given(b.s.RPC(ctx, leaf.Edit(leaf.Values[0]))).To(BeOK())
	content := leaf.Config(leaf.Values[1], "create")
	if model, ok := b.model(); ok {
		content = model.Users(`<user ` + xc + ` xc:operation="create"><name>fred</name></user><user><name>barney</name><full-name>B</full-name></user>`)
	}
	return b.s.RPC(ctx, b.edit(content, netconf.ErrorOption("continue-on-error")))
}

// tagsOf gives the error-tags of a reply, each once.
func tagsOf(reply *session.Reply) []string {
	var all []string
	seen := map[string]bool{}
	for _, e := range reply.Errors {
		if !seen[e.Tag] {
			seen[e.Tag], all = true, append(all, e.Tag)
		}
	}
	return all
}

// described is what became of a request, and how the session stood after it.
func described(s *session.Session, reply *session.Reply) string {
	if s.HasEnded() {
		return fmt.Sprintf("%s, session ended", outcome(reply))
	}
	return outcome(reply)
}
