package dsl_test

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/dsl"
)

// badly are specs with a fault each, in a file of their own: Lint tells their lines.
func badly() {
	ginkgo.It("has no id", func() {})                                                                    // line 11
	dsl.It("has an odd id", dsl.Spec("Lab/Odd_ID"), dsl.Covers(must), func() {})                         // line 12
	dsl.It("is the first of its id", dsl.Spec("lab/twice"), dsl.Covers(must), func() {})                 // line 13
	dsl.It("is the second", dsl.Spec("lab/twice"), dsl.Covers(must), func() {})                          // line 14
	dsl.It("covers nothing", dsl.Spec("lab/nothing"), func() {})                                         // line 15
	dsl.It("covers what is unknown", dsl.Spec("lab/unknown"), dsl.Covers("rfc6241-1-musst"), func() {})  // line 16
	dsl.It("mixes levels", dsl.Spec("lab/mixed"), dsl.Covers(must, should), func() {})                   // line 17
	dsl.It("plays a step", dsl.Spec("lab/step.one"), dsl.Transcript(), func() {})                        // no fault
	dsl.It("is as it should be", dsl.Spec("lab/well"), dsl.Covers(must, more), dsl.Monitor(), func() {}) // no fault
	dsl.It("is so too", dsl.Decorators{dsl.Spec("lab/well-too"), dsl.Covers(should)}, func() {})         // no fault
}
