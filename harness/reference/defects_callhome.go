package reference

// callHomeDefects break what the suite callhome judges.
func callHomeDefects() []Defect {
	return append(by("ssh+callhome", []Defect{
		{Name: "call-home-hello-without-session-id",
			Summary: "Says hello as a client does when it has called home.",
			Breaks:  []string{"rfc8071-1-roles-preserved"}},
		{Name: "default-port-not-called",
			Summary: "Calls one address only, and not the default port.",
			Breaks:  []string{"rfc8071-4.1-s1-iana-ports"}},
		{Name: "call-home-without-ssh",
			Summary: "Begins every second call in clear where SSH is to be.",
			Breaks:  []string{"rfc8071-4.1-s3-protocol-by-port"}},
		{Name: "login-never-times-out",
			Summary: "Waits for ever for a client to authenticate.",
			Breaks:  []string{"rfc8071-4.1-s5-auth-timeout-close"}},
		{Name: "call-home-hello-without-base",
			Summary: "Announces no base capability when it has called home.",
			Breaks:  []string{"rfc8071-4.1-s6-netconf-server-starts"}},
		{Name: "call-home-without-keep-alive",
			Summary: "Does not test whether a connection that it has made is alive.",
			Breaks:  []string{"rfc8071-4.1-s7-keepalive"}},
	}), by("tls+callhome", []Defect{
		{Name: "call-home-without-tls",
			Summary: "Begins every second call in clear where TLS is to be.",
			Breaks:  []string{"rfc8071-4.1-s3-protocol-by-port"}},
		{Name: "intermediate-certificate-left-out",
			Summary: "Shows its certificate without the one between it and the authority.",
			Breaks:  []string{"rfc8071-4.1-s4-intermediate-certificates"}},
	})...)
}
