package reference

import (
	"math"
	"strconv"
)

// servicesNode is where nodes depend on each other: each edit may be right by itself, and the whole not be valid.
func servicesNode() *node {
	return containerNode("services", serverNode(), poolNode(), routeNode())
}

func serverNode() *node {
	server := listNode("server", "name",
		leafNode("name", textOf(1, 64)),
		ruled(leafNode("address", textOf(1, 255)), rules{mandatory: true}),
		leafNode("port", unsigned(math.MaxUint16)),
		ruled(leafNode("secret-key", textOf(1, 64)), rules{refers: []string{"secret", "key", "name"}}))
	return ruled(server, rules{unique: [][]string{{"address", "port"}}})
}

// poolNode has a rule of each kind.
func poolNode() *node {
	pool := presenceNode("pool",
		leafNode("least", unsigned(math.MaxUint8)),
		ruled(leafNode("most", unsigned(math.MaxUint8)), rules{musts: []condition{{
			holds: notBelowLeast, message: "most must not be below least", appTag: "pool-limits-crossed"}}}),
		ruled(leafListNode("member", textOf(1, 64)),
			rules{least: 1, most: 3, refers: []string{"services", "server", "name"}}))
	pool.children = append(pool.children, inCase("spread", "turns", leafNode("in-turn", nothing))...)
	pool.children = append(pool.children, inCase("spread", "weights",
		leafNode("by-weight", oneOf("load", "distance")), leafNode("heaviest", unsigned(math.MaxUint8)))...)
	return ruled(pool, rules{choices: []string{"spread"}})
}

// notBelowLeast is not(../least) or . >= ../least.
func notBelowLeast(most, pool *element) bool {
	least, err := strconv.Atoi(pool.leafValue("least"))
	if err != nil {
		return true
	}
	n, err := strconv.Atoi(most.value)
	return err == nil && n >= least
}

// routeNode is a list with two keys and a list inside.
func routeNode() *node {
	route := listNode("route", "from",
		leafNode("from", textOf(1, 64)),
		leafNode("to", textOf(1, 64)),
		listNode("hop", "number",
			leafNode("number", unsigned(math.MaxUint8)),
			leafNode("via", anyText),
			leafNode("cost", unsigned(math.MaxUint8))))
	route.keys = []string{"from", "to"}
	return route
}

// servicesConfig is what the services hold when the server starts.
func servicesConfig(b builder) sprout {
	return b.in("services",
		b.in("server", b.leaf("name", "alpha"), b.leaf("address", "192.0.2.1"), b.leaf("port", "830")),
		b.in("server", b.leaf("name", "beta"), b.leaf("address", "192.0.2.2"), b.leaf("port", "830")),
		b.in("route", b.leaf("from", "north"), b.leaf("to", "south"), hop(b, "1", "alpha", "10"), hop(b, "2", "beta", "20")),
		b.in("route", b.leaf("from", "north"), b.leaf("to", "east"), hop(b, "1", "alpha", "30")))
}

func hop(b builder, number, via, cost string) sprout {
	return b.in("hop", b.leaf("number", number), b.leaf("via", via), b.leaf("cost", cost))
}
