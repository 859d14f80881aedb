package verdict

// Mask puts every text of the report that may hold something of the server's through a function that takes secrets out.
// Ids, and texts of our own, stay as they are.
func (r *Report) Mask(mask func(string) string) {
	all := func(texts []string) {
		for i, text := range texts {
			texts[i] = mask(text)
		}
	}
	all(r.Target.Capabilities)
	all(r.Target.Modules)
	all(r.Run.Notes)
	all(r.State.LeftBehind)
	r.Target.Software, r.Run.Unusable = mask(r.Target.Software), mask(r.Run.Unusable)
	for name, value := range r.Target.Security {
		r.Target.Security[name] = mask(value)
	}
	for i := range r.Specs {
		s := &r.Specs[i]
		s.Reason, s.Message = mask(s.Reason), mask(s.Message)
		all(s.Faults)
		for j := range s.Broken {
			s.Broken[j].Message = mask(s.Broken[j].Message)
			if where := s.Broken[j].Where; where != nil {
				where.XPath = mask(where.XPath)
			}
		}
		for j, o := range s.Observations {
			if text, is := o.Value.(string); is {
				s.Observations[j].Value = mask(text)
			}
		}
	}
	for i := range r.Requirements {
		r.Requirements[i].Reason = mask(r.Requirements[i].Reason)
	}
}
