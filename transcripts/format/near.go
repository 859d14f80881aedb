package format

import (
	"fmt"
	"slices"
	"strings"
)

func contains(words []string, word string) bool { return slices.Contains(words, word) }

// notAllowed is the message for a value outside a fixed set.
func notAllowed(what, got string, allowed []string) string {
	return fmt.Sprintf("%s: %q is not allowed; allowed: %s%s", what, got, strings.Join(allowed, ", "),
		didYouMean(got, allowed))
}

// didYouMean is the end of a message that names the word most likely meant, "" if none is near.
func didYouMean(got string, words []string) string {
	if near := nearest(got, words); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}

// nearest returns the word that differs least from the one given, "" if all differ by more than a typing error.
func nearest(got string, words []string) string {
	best, found := limitFor(got)+1, ""
	for _, word := range words {
		if d := distance(got, word); d < best {
			best, found = d, word
		}
	}
	return found
}

// limitFor grows with the word: in short words two wrong letters already make another word.
func limitFor(word string) int {
	switch {
	case len(word) < 3:
		return 0
	case len(word) < 6:
		return 1
	case len(word) < 12:
		return 2
	default:
		return 3
	}
}

// distance counts the letters to insert, delete or change to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
