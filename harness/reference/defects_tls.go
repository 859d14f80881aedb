package reference

// tlsDefects break what the suite tls judges.
func tlsDefects() []Defect {
	all := []Defect{
		{Name: "client-without-certificate-accepted",
			Summary: "Lets in a client that shows no certificate.",
			Breaks:  []string{"rfc7589-1-mutual-authentication"}},
		{Name: "tls-port-without-tls",
			Summary: "Closes connections to the port that is for NETCONF over TLS.",
			Breaks:  []string{"rfc7589-2-well-known-port"}},
		{Name: "hello-ahead-of-tls",
			Summary: "Says hello in clear to a client that says nothing for a moment.",
			Breaks:  []string{"rfc7589-2-server-is-tls-server"}},
		{Name: "certificate-not-requested",
			Summary: "Asks the client for no certificate, and lets it in.",
			Breaks:  []string{"rfc7589-2-certificate-request"},
			Follows: append([]string{"rfc7589-1-mutual-authentication", "rfc7589-2-identity-before-hello", "rfc7589-5-untrusted-certificate-terminated",
				"rfc7589-7-unmapped-user-terminated"}, mappingRequirements()...)},
		{Name: "hello-ahead-of-verification",
			Summary: "Says hello before it looks at the client's certificate.",
			Breaks:  []string{"rfc7589-2-identity-before-hello"},
			Follows: []string{"rfc7589-5-untrusted-certificate-terminated", "rfc7589-7-unmapped-user-terminated"}},
		{Name: "tls-hello-in-chunks",
			Summary: "Sends its hello in chunked framing.",
			Breaks:  []string{"rfc7589-3-hello-eom"}},
		{Name: "chunks-for-old-tls-client",
			Summary: "Sends replies in chunked framing to a client of base:1.0 too.",
			Breaks:  []string{"rfc7589-3-chunked-after-base11"}},
		{Name: "rest-of-record-lost",
			Summary: "Loses what a TLS record holds behind a message.",
			Breaks:  []string{"rfc7589-3-record-boundaries-irrelevant"}},
		{Name: "tls-reply-overtaken-by-next",
			Summary: "Answers a long get behind the request that follows it.",
			Breaks:  []string{"rfc7589-4-in-order-processing"}},
		{Name: "tls-ended-without-notice",
			Summary: "Ends the connection behind close-session without close_notify.",
			Breaks:  []string{"rfc7589-4-close-session-closes-tls"}},
		{Name: "unknown-authority-accepted",
			Summary: "Lets in a client whose certificate nobody vouches for.",
			Breaks:  []string{"rfc7589-5-untrusted-certificate-terminated"},
			Follows: []string{"rfc7589-2-identity-before-hello"}},
		{Name: "unmapped-certificate-accepted",
			Summary: "Lets in a client whose certificate is mapped to no user.",
			Breaks:  []string{"rfc7589-7-unmapped-user-terminated"}},
		{Name: "last-mapping-used",
			Summary: "Takes the last entry that fits a certificate.",
			Breaks:  []string{"rfc7589-7-mapping-order-first-match"}},
		{Name: "search-ends-at-first-match",
			Summary: "Looks no further when the first entry that fits gives no name.",
			Breaks:  []string{"rfc7589-7-continue-when-no-name"}},
		{Name: "mail-host-in-any-case",
			Summary: "Leaves the host part of a mail address as it is.",
			Breaks:  []string{"rfc7589-7-san-rfc822-lowercase-host"}},
		{Name: "dns-name-in-any-case",
			Summary: "Leaves a DNS name as it is.",
			Breaks:  []string{"rfc7589-7-san-dns-ip-formats"}},
		{Name: "mail-address-preferred",
			Summary: "Takes a mail address ahead of the name that comes first.",
			Breaks:  []string{"rfc7589-7-san-any-first-value"}},
		{Name: "certificate-name-lowercased",
			Summary: "Makes the letters of user names small.",
			Breaks:  []string{"rfc7589-7-username-unmodified"},
			Follows: []string{"rfc7589-7-san-rfc822-lowercase-host"}},
		{Name: "tls-1.2-refused",
			Summary: "Speaks TLS 1.3 alone.",
			Breaks:  []string{"rfc7589-8-tls12"}},
		{Name: "rc4-accepted",
			Summary: "Accepts a cipher suite with RC4.",
			Breaks:  []string{"rfc7589-8-bcp195"}},
	}
	return by("tls", all)
}

// mappingRequirements are about the user name that a certificate gives.
func mappingRequirements() []string {
	return []string{"rfc7589-7-mapping-order-first-match", "rfc7589-7-continue-when-no-name", "rfc7589-7-san-rfc822-lowercase-host",
		"rfc7589-7-san-dns-ip-formats", "rfc7589-7-san-any-first-value", "rfc7589-7-username-unmodified"}
}

// by says what transport defects are to be seen by.
func by(transport string, all []Defect) []Defect {
	for i := range all {
		all[i].Transport = transport
	}
	return all
}
