package requirement

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxSuggestions keeps a "did you mean" short enough to read.
const maxSuggestions = 3

// Near returns the candidates closest to a misspelt word, best first, three at the most; it is of use for a "did you
// mean".
func Near(word string, candidates []string) []string { return nearest(word, candidates) }

// nearest returns the candidates closest to a misspelt word, best first. A candidate that holds the word whole
// comes before one that merely differs in few letters: people leave the front of an id out.
func nearest(word string, candidates []string) []string {
	type scored struct {
		text     string
		distance int
	}
	var close []scored
	for _, candidate := range candidates {
		d := distance(word, candidate)
		if len(word) >= 3 && strings.Contains(candidate, word) {
			d = 0
		}
		if d <= max(2, len(word)/4) {
			close = append(close, scored{candidate, d})
		}
	}
	slices.SortStableFunc(close, func(a, b scored) int { return cmp.Compare(a.distance, b.distance) })
	var texts []string
	for _, s := range close[:min(len(close), maxSuggestions)] {
		texts = append(texts, s.text)
	}
	return texts
}

// didYouMean returns a clause for an error message, "" when nothing comes close.
func didYouMean(word string, candidates []string) string {
	texts := nearest(word, candidates)
	if len(texts) == 0 {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", strings.Join(texts, " or "))
}

// distance is the number of letters to insert, delete or change to make one word of the other.
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
