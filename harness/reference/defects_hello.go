package reference

func helloDefects() []Defect { return nil }
