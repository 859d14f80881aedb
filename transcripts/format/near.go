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
		if len(word)-len(got) >= best || len(got)-len(word) >= best {
			continue // also keeps a very long word from being compared at all
		}
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

// distance counts the letters to insert, delete, change or swap with their neighbour to get from a to b.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
