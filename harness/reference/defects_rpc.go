package reference

func rpcDefects() []Defect { return nil }
