package reference

// filterDefects break what the suite filter judges.
func filterDefects() []Defect { return nil }
