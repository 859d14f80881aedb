package reference

// transportDefects break what the suite transport judges.
func transportDefects() []Defect { return nil }
