package reference

// getDefects break what the suite get judges.
func getDefects() []Defect { return nil }
