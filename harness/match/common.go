package match

import (
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
)

// Matcher is Gomega's, so that a spec needs no import of it.
type Matcher = types.GomegaMatcher

// Succeed holds for a nil error.
func Succeed() Matcher { return gomega.Succeed() }

// Equal holds for an equal value.
func Equal(expected any) Matcher { return gomega.Equal(expected) }

// BeTrue holds for true; because says what is not so otherwise.
func BeTrue(because string) Matcher { return gomega.BeTrueBecause("%s", because) }
