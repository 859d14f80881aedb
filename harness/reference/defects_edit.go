package reference

// editDefects break what the suite edit judges.
func editDefects() []Defect { return nil }
