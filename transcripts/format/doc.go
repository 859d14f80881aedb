// Package format defines the ncspec transcript: a NETCONF session as a YAML file.
//
// One format has two uses. A script is written by hand: it opens sessions, sends operations and says in XPath 1.0
// what every reply must hold. A recording is written by the harness: the octets that went over the wire, with their
// time and direction, as evidence. A recording is a valid script too: what was sent becomes raw steps, so a recorded
// failure can be played again.
//
//	format: ncspec-transcript/v1
//	id: lock-and-leave
//	title: A lock ends with its session
//	touches: lock
//	sessions:
//	  owner: {}
//	  rival:
//	    hello: ["urn:ietf:params:netconf:base:1.0"]
//	steps:
//	  - id: connect
//	    session: owner
//	    open: true
//	    expect: [number(/nc:hello/nc:session-id) >= 1]
//	  - id: lock
//	    session: owner
//	    send: <lock><target><running/></target></lock>
//	    covers: [rfc6241-7.5-lock-granted]
//	    expect:
//	      - /nc:rpc-reply/nc:ok
//	      - that: /nc:rpc-reply/@message-id = ${lock.message-id}
//	        covers: [rfc6241-4.1-message-id-echo]
//
// How a player has to read a step:
//
//   - open opens the session, exchanges hellos, and evaluates expect on the server's hello.
//   - send wraps the operation into an rpc (with a message-id, in the base namespace; "envelope: bare" has neither),
//     waits for the reply and evaluates expect on it.
//   - raw writes the octets as they are, framing included. With expect it waits for one message and evaluates expect
//     on that; without, it goes on. Variables are not looked for.
//   - end waits until the server has ended the session.
//   - received and note are evidence; a player neither sends nor demands anything for them.
//
// A step whose needs do not hold is left out. After a failed step only those with "always: true" still run. An
// expectation that does not hold breaks the requirements in its own covers, else those of its step.
//
// This package imports nothing else of ncspec, so the recorder of a session can write what a player reads.
package format
