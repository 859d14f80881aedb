package reference

func framingDefects() []Defect { return nil }
