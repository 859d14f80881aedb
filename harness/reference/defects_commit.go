package reference

// commitDefects break what the suite commit judges.
func commitDefects() []Defect { return nil }
