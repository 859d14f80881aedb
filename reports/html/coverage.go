package html

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// picture shows an RFC: a cell for each requirement, a line for each section.
type picture struct {
	RFC           string
	Width, Height int
	Lines         []pictureLine
	About         string // in words
}

type pictureLine struct {
	Section string // such as §7, or A for an appendix
	Y       int    // of its number's baseline
	Cells   []pictureCell
}

type pictureCell struct {
	X, Y, Size int
	ID, Title  string
	Mark       mark
}

// The measures of the picture, in its own units: about a pixel on a wide screen.
const (
	cellSize  = 12
	cellPitch = 15
	cellsWide = 38
	labelWide = 30
	lineSpace = 5 // between two sections
)

// pictures draws the RFCs, the one with the most requirements first.
func pictures(r *verdict.Report) []picture {
	var all []picture
	for rfc, list := range byRFC(r.Requirements) {
		all = append(all, draw(rfc, list))
	}
	slices.SortFunc(all, func(a, b picture) int {
		if a.cells() != b.cells() {
			return b.cells() - a.cells()
		}
		return strings.Compare(a.RFC, b.RFC)
	})
	return all
}

func byRFC(list []verdict.Requirement) map[string][]verdict.Requirement {
	all := map[string][]verdict.Requirement{}
	for _, q := range list {
		all[q.RFC] = append(all[q.RFC], q)
	}
	return all
}

func (p picture) cells() int {
	n := 0
	for _, line := range p.Lines {
		n += len(line.Cells)
	}
	return n
}

// draw places the cells. A section, such as all of 8.4.1 and 8.4.5, is a line, or several where it has many cells.
func draw(rfc string, list []verdict.Requirement) picture {
	p := picture{RFC: show(rfc), Width: labelWide + cellsWide*cellPitch}
	y, column := 0, 0
	for _, q := range list {
		section := chapter(q.Section)
		if len(p.Lines) == 0 || p.Lines[len(p.Lines)-1].Section != section {
			if len(p.Lines) > 0 {
				y += cellPitch + lineSpace
			}
			p.Lines, column = append(p.Lines, pictureLine{Section: section, Y: y + cellSize - 2}), 0
		}
		if column == cellsWide {
			y, column = y+cellPitch, 0
		}
		line := &p.Lines[len(p.Lines)-1]
		line.Cells = append(line.Cells, pictureCell{X: labelWide + column*cellPitch, Y: y, Size: cellSize, ID: show(q.ID),
			Title: show(q.ID + " · " + q.Level + " · " + markOf(q.Verdict).Word), Mark: markOf(q.Verdict)})
		column++
	}
	p.Height = y + cellSize
	p.About = coverage(list)
	return p
}

// chapter names what a section is part of: §8 for 8.4.1, A for an appendix.
func chapter(section string) string {
	number, _, _ := strings.Cut(section, ".")
	if number != "" && number[0] <= '9' {
		number = "§" + number
	}
	return show(number)
}

// coverage says in words what the picture shows.
func coverage(list []verdict.Requirement) string {
	judged, passed := 0, 0
	for _, q := range list {
		switch q.Verdict {
		case verdict.Pass:
			judged, passed = judged+1, passed+1
		case verdict.NotRun, verdict.NotApplicable:
		default:
			judged++
		}
	}
	return fmt.Sprintf("%s, %d with a verdict, %d passed", count(len(list), "requirement"), judged, passed)
}
