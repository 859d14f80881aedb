package target

// nearest is the candidate that differs from a misspelt word in the fewest
// letters, "" if all differ in more than a third of it.
func nearest(word string, candidates []string) string {
	best, limit := "", max(2, len(word)/3)+1
	for _, candidate := range candidates {
		if d := distance(word, candidate); d < limit {
			best, limit = candidate, d
		}
	}
	return best
}

// distance counts the octets to insert, delete or replace to turn a into b.
func distance(a, b string) int {
	above := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range len(a) {
		row := []int{i + 1}
		for j := range len(b) {
			replaced := above[j]
			if a[i] != b[j] {
				replaced++
			}
			row = append(row, min(replaced, above[j+1]+1, row[j]+1))
		}
		above = row
	}
	return above[len(b)]
}
