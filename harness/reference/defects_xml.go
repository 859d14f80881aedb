package reference

// xmlDefects break what the suite xml judges.
func xmlDefects() []Defect { return nil }
