package reference

// getInventory is the operation of the reference module: what the device is made of.
func (s *session) getInventory(op *input) reply {
	if _, err := s.params(op); err != nil {
		return failed(err)
	}
	return reply{body: func(x *xmlWriter) {
		x.raw(`<inventory xmlns="`, Namespace, `"><name>Chassis</name><serial-number>00118</serial-number>`)
		for _, m := range [][2]string{{"Backplane", "AA2049"}, {"Power Supply A", "AA2050"}, {"Routing Engine", "AA2051"}} {
			x.raw("<module><name>", m[0], "</name><serial-number>", m[1], "</serial-number></module>")
		}
		x.raw("</inventory>")
	}}
}
