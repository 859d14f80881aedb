package reference

// secretNode is what users with few rights neither see nor touch: configuration that is empty when the server starts,
// so that they see all configuration there is, and state data.
func secretNode() *node {
	return guardedNode(containerNode("secret",
		listNode("key", "name",
			leafNode("name", textOf(1, 64)),
			leafNode("value", anyText)),
		stateNode(containerNode("audit", leafNode("last-access", anyText)))))
}

// withAudit gives the secret its state data.
func withAudit(secret *element) *element {
	b := builder{secret.schema}
	return secret.with(b.in("audit", b.leaf("last-access", "2026-11-25T00:00:00Z"))(secret.schema))
}
