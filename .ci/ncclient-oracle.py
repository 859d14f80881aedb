#!/usr/bin/python3
"""Drives the documented session sequence against the reference server with ncclient.

ncclient shares no code with ncspec, so a fault that our own client and our own server have in common shows
here. Anything unexpected ends the script with exit code 1 and a sentence that says what was expected.

Debian's interpreter is named above on purpose: python3-ncclient belongs to it.
"""

import argparse
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # of ncclient's own making

from ncclient import manager
from ncclient.devices.default import DefaultDeviceHandler
from ncclient.operations import RPCError
from ncclient.operations.errors import TimeoutExpiredError
from ncclient.transport.errors import SessionCloseError, TransportError
from ncclient.transport.session import NetconfBase
from ncclient.xml_ import new_ele, new_ele_ns, to_ele

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
REFERENCE = "http://ncspec.example/ns/reference"
CAPABILITY = "urn:ietf:params:netconf:capability:"
BASE_URN = {"1.0": "urn:ietf:params:netconf:base:1.0", "1.1": "urn:ietf:params:netconf:base:1.1"}

# What each profile has to claim, and what it must not claim.
CLAIMS = {
    "full": (["1.0", "1.1", "candidate:1.0"], []),
    "base10": (["1.0", "candidate:1.0"], ["1.1"]),
    "running-only": (["1.1", "writable-running:1.0"], ["1.0", "candidate:1.0"]),
}

SECONDS = 10  # for one reply, and for the end of a session


class Surprise(Exception):
    """The server did something else than it should."""


class Oracle:
    """One run of the sequence: a profile of the server, and the base versions that the client claims."""

    def __init__(self, port, profile, bases):
        self.port, self.profile, self.bases = port, profile, bases
        self.checks = 0
        self.target = "running" if profile == "running-only" else "candidate"

    def demand(self, condition, expectation):
        self.checks += 1
        if not condition:
            raise Surprise(expectation)

    # --- sessions ---

    def connect(self):
        bases = self.bases

        class Handler(DefaultDeviceHandler):
            def get_capabilities(self):
                return [BASE_URN[base] for base in bases]

        return manager.connect(
            host="127.0.0.1", port=self.port, username="admin", password="admin", timeout=SECONDS,
            hostkey_verify=False, allow_agent=False, look_for_keys=False, device_params={"handler": Handler})

    def common_base(self):
        """The version that client and server must agree on (RFC 6241 section 8.1), None if there is none."""
        server = [base for base in BASE_URN if base in CLAIMS[self.profile][0]]
        return max((base for base in server if base in self.bases), default=None)

    def ended(self, session):
        """Tells whether the server ends the session by itself in time."""
        session._session.join(SECONDS)
        return not session._session.is_alive()

    # --- the sequence ---

    def run(self):
        if self.common_base() is None:
            self.refusal()
            return
        holder, rival = self.connect(), self.connect()
        self.hello(holder, rival)
        self.operational_request(holder)
        before = self.system(holder, "running")
        self.lock_and_contention(holder, rival)
        self.change(holder)
        self.commit(holder)
        self.discard(holder)
        self.unlock(holder, rival)
        self.undo(holder, before)
        self.kill(holder, rival)
        self.close(holder)

    def refusal(self):
        """Without a common version the server has to end the session (RFC 6241 section 8.1)."""
        session = self.connect()
        try:
            session.get_config(source="running")
        except (SessionCloseError, TransportError):
            self.demand(self.ended(session), "the session is over, for want of a common version")
            return
        raise Surprise("no session without a common version, but get-config was answered")

    def hello(self, holder, rival):
        has, lacks = CLAIMS[self.profile]
        for claim in has:
            self.demand(urn(claim) in holder.server_capabilities, f"the hello claims {urn(claim)}")
        for claim in lacks:
            self.demand(urn(claim) not in holder.server_capabilities, f"the hello does not claim {urn(claim)}")
        for session in holder, rival:
            self.demand(session.session_id.isdigit() and int(session.session_id) > 0, "the hello has a session-id above 0")
        self.demand(holder.session_id != rival.session_id, "two open sessions have two session-ids")
        chunked = holder._session._base == NetconfBase.BASE_11
        self.demand(chunked == (self.common_base() == "1.1"), f"base:{self.common_base()} is agreed on")

    def operational_request(self, session):
        reply = session.get(filter=("subtree", f'<system xmlns="{REFERENCE}"><clock/></system>'))
        top = list(reply.data_ele)
        self.demand(names(top) == ["system"] and names(top[0]) == ["clock"], "get with a filter gives system/clock, nothing else")
        self.demand(top[0][0][0].text.isdigit(), "system/clock/uptime is a number")
        inventory = to_ele(session.dispatch(new_ele_ns("get-inventory", REFERENCE)).xml)
        self.demand(inventory.findtext(f".//{{{REFERENCE}}}name") == "Chassis", "get-inventory names the chassis")

    def lock_and_contention(self, holder, rival):
        self.ok(holder.lock(self.target), "lock")
        self.denied(holder, rival)
        # The holder's own second request meets a lock that is held, too.
        self.denied(holder, holder)

    def change(self, session):
        self.ok(session.edit_config(target=self.target, config=login_class("create")), "edit-config")
        self.demand(self.has_class(session, self.target), f"{self.target} has the new class after the edit")
        error = self.error(lambda: session.edit_config(target=self.target, config=login_class("create")), "a second create")
        self.demand((error.type, error.tag, error.severity) == ("application", "data-exists", "error"),
                    f"a second create is data-exists, not {error.to_dict()}")

    def commit(self, session):
        if self.target == "candidate":
            self.demand(not self.has_class(session, "running"), "running is as it was before the commit")
            self.ok(session.commit(), "commit")
        self.demand(self.has_class(session, "running"), "running has the new class")

    def discard(self, session):
        if self.target != "candidate":
            return
        self.ok(session.edit_config(target="candidate", config=login_class("delete")), "edit-config")
        self.demand(not self.has_class(session, "candidate"), "the class is gone from the candidate")
        self.ok(session.discard_changes(), "discard-changes")
        self.demand(self.has_class(session, "candidate"), "discard-changes brings the class back")

    def unlock(self, holder, rival):
        self.denied(holder, rival)
        error = self.error(lambda: rival.unlock(self.target), "an unlock by a session that does not hold the lock")
        self.demand(error.severity == "error", "unlock by a session that does not hold the lock is an error")
        self.ok(holder.unlock(self.target), "unlock")
        self.ok(rival.lock(self.target), "lock after the unlock")
        self.denied(rival, holder)
        self.ok(rival.unlock(self.target), "unlock")

    def undo(self, session, before):
        self.ok(session.edit_config(target=self.target, config=login_class("delete")), "edit-config")
        if self.target == "candidate":
            self.ok(session.commit(), "commit")
        self.demand(self.system(session, "running") == before, "running is what it was at the start")

    def kill(self, killer, victim):
        self.ok(victim.lock(self.target), "lock")
        self.ok(killer.kill_session(victim.session_id), "kill-session")
        self.demand(self.ended(victim), "the killed session ends")
        self.ok(killer.lock(self.target), "lock after its holder was killed")

    def close(self, session):
        # Not session.close_session(): that closes the connection itself, and would hide a server that doesn't.
        self.ok(session.dispatch(new_ele("close-session")), "close-session")
        self.demand(self.ended(session), "the server ends the session after close-session")

    # --- pieces ---

    def ok(self, reply, request):
        self.demand(reply.ok and names(to_ele(reply.xml)) == ["ok"], f"{request} is answered with ok alone, not {reply.xml}")

    def error(self, request, what):
        try:
            reply = request()
        except RPCError as error:
            return error
        raise Surprise(f"{what} is refused, but the reply was {reply.xml}")

    def denied(self, holder, rival):
        error = self.error(lambda: rival.lock(self.target), "a lock that is held")
        self.demand((error.type, error.tag, error.severity) == ("protocol", "lock-denied", "error"),
                    f"a lock that is held is lock-denied, not {error.to_dict()}")
        named = error.info and to_ele(error.info).findtext(f"{{{BASE}}}session-id")
        self.demand(named == holder.session_id, f"lock-denied names session {holder.session_id}, not {named}")

    def system(self, session, source):
        return session.get_config(source=source, filter=("subtree", f'<system xmlns="{REFERENCE}"/>')).data_xml

    def has_class(self, session, source):
        reply = session.get_config(source=source, filter=("subtree", f'<system xmlns="{REFERENCE}"><login/></system>'))
        classes = reply.data_ele.findall(f".//{{{REFERENCE}}}class")
        found = [c for c in classes if c.findtext(f"{{{REFERENCE}}}name") == "network-mgmt"]
        if not found:
            return False
        permissions = sorted(p.text for p in found[0].findall(f"{{{REFERENCE}}}permissions"))
        self.demand(len(found) == 1 and permissions == ["configure", "snmp", "system"],
                    "the class is there once, with its three permissions")
        return True


def urn(claim):
    return BASE_URN.get(claim) or CAPABILITY + claim


def names(elements):
    return [element.tag.rpartition("}")[2] for element in elements]


def login_class(operation):
    """The documented change: a login class with three permissions."""
    body = "".join(f"<permissions>{p}</permissions>" for p in ("configure", "snmp", "system")) if operation == "create" else ""
    return (f'<config xmlns="{BASE}" xmlns:nc="{BASE}"><system xmlns="{REFERENCE}"><login>'
            f'<class nc:operation="{operation}"><name>network-mgmt</name>{body}</class></login></system></config>')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--profile", choices=sorted(CLAIMS), required=True)
    parser.add_argument("--bases", required=True, help="what the client claims: 1.0, 1.1 or 1.0,1.1")
    options = parser.parse_args()
    oracle = Oracle(options.port, options.profile, options.bases.split(","))
    name = f"profile {options.profile}, client claims base:{options.bases}"
    try:
        oracle.run()
    except Surprise as surprise:
        sys.exit(f"oracle: {name}: after {oracle.checks} checks: expected: {surprise}")
    except (RPCError, SessionCloseError, TransportError, TimeoutExpiredError) as error:
        sys.exit(f"oracle: {name}: after {oracle.checks} checks: {type(error).__name__}: {error}")
    print(f"oracle: {name}: {oracle.checks} checks passed", flush=True)


if __name__ == "__main__":
    main()
