package framing

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

func completeRequests() {
	const id = "rfc6242-4-requests-processed-when-complete"
	ginkgo.Describe("complete requests", func() {
		It("acts on a request only once its frame is complete", Spec("framing/requests-processed-when-complete"), Covers(id),
			Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
				writer, witness, t := Open(ctx, Named("writer")), Open(ctx, Named("witness")), FixtureLeaf(ctx)
				_, before := t.Change(ctx, witness)
				value := t.Other(before)
				Given(writer).To(StillAnswer(ctx))
				edit, frame := writer.Frame(t.Edit(value))
				frameEnd := len(end)
				if writer.Framing() == wire.EndOfMessage {
					frameEnd = len(mark)
				}
				whole := len(frame) - frameEnd

				Given(writer.Write(ctx, frame[:whole])).To(Succeed())
				Demand(id, writer.Quiet(ctx, pause(writer))).To(SayNothing())
				Demand(id, t.Read(ctx, witness, t.Store)).To(Equal(before))

				sent := writer.SendAs(ctx, []netconf.Request{edit}, frame[whole:])
				Demand(id, writer.Await(ctx, sent[0])).To(BeOK())
				Demand(id, t.Read(ctx, writer, t.Store)).To(Equal(value))
			})
	})
}
