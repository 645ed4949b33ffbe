import { literal, pathOf, type ReceiverFacts, SECRET_VARIABLE, topicWord } from './receiver-facts.ts'

/** A receiver in Python. */
export function pythonCode(facts: ReceiverFacts): string {
  return `# Save as receiver.py. Python 3.8 or newer, no packages:
#   ${SECRET_VARIABLE}='…' python3 receiver.py
# Put TLS in front of it: deliveries go to https URLs only.
import base64
import hashlib
import hmac
import json
import os
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = ${literal(pathOf(facts))}
MAX_BODY_BYTES = 1024 * 1024
TOLERANCE_SECONDS = 300


def key_of(secret):
    if secret.startswith("whsec_"):
        return base64.b64decode(secret[len("whsec_"):])
    return secret.encode()


# While you rotate the secret, give the new one and the old one with a space between.
KEYS = [key_of(secret) for secret in os.environ.get("${SECRET_VARIABLE}", "").split()]
if not KEYS or b"" in KEYS:
    raise SystemExit("Set ${SECRET_VARIABLE}")

# The ids of the events that are handled, for this endpoint. Keep them in your database: they must outlive
# this process.
handled = set()


def handle(payload):
    if payload.get("test"):
        print("A test event came, and its signature is right.", flush=True)
        return
    workflow = payload["workflow"]
    # What each topic means to you; an event can have several.
    for topic in payload["topics"]:
${facts.topics.map(onTopic).join('\n')}


# What is wrong with a request, for the log only; None if it is genuine.
def problem_with(headers, body):
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not webhook_id or "." in webhook_id or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return "webhook-id or webhook-timestamp is missing or malformed"
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return "webhook-timestamp is more than 5 minutes off: check the clock"
    content = f"{webhook_id}.{timestamp}.".encode() + body
    expected = [
        b"v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()) for key in KEYS
    ]
    # Several signatures, space separated, while the secret is being rotated.
    given = headers.get("webhook-signature", "").encode().split()
    if any(hmac.compare_digest(one, other) for one in given for other in expected):
        return None
    return "no signature matches: check the secret, and that nothing changed the body"


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(self.receive())
        self.send_header("content-length", "0")
        self.end_headers()

    def receive(self):
        if self.path.split("?", 1)[0] != PATH:
            return 404
        length = self.headers.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > MAX_BODY_BYTES:
            return 413
        # The raw bytes: the signature is over them, not over parsed JSON.
        body = self.rfile.read(int(length))
        problem = problem_with(self.headers, body)
        if problem is not None:
            self.log_error("401: %s", problem)
            return 401
        webhook_id = self.headers["webhook-id"]
        if webhook_id not in handled:
            try:
                handle(json.loads(body))
            except Exception as error:
                self.log_error("not handled: %r", error)
                return 500  # and it comes again
            handled.add(webhook_id)
        return 204


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Receiver).serve_forever()
`
}

function onTopic(topic: string, index: number): string {
  return `        ${index === 0 ? 'if' : 'elif'} topic == ${literal(topic)}:
            print("${topicWord(topic)}:", workflow["itemId"], "is now in", workflow["newState"], flush=True)`
}
