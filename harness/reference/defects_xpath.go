package reference

// xpathDefects break what the suite xpath judges.
func xpathDefects() []Defect { return nil }
