# Checks a .tlog-proof with the Python standard library alone (c2sp.org/tlog-proof, RFC 9162 section 2.1.3.2). It does not check the
# signature on the checkpoint: openssl does that. `check-proof.py <proof>` prints the entry's index and the size of the log, or fails.
import base64
import hashlib
import sys

head, checkpoint = open(sys.argv[1], encoding="utf-8").read().split("\n\n", 1)
first, extra, index, *path = head.split("\n")
assert first == "c2sp.org/tlog-proof@v1" and extra.startswith("extra ") and index.startswith("index ")
node = hashlib.sha256(b"\0" + base64.b64decode(extra[6:], validate=True)).digest()
origin, size, root = checkpoint.split("\n")[:3]
at, last = int(index[6:]), int(size) - 1
assert 0 <= at <= last, "the index is beyond the log"
for sibling in (base64.b64decode(line, validate=True) for line in path):
    assert last > 0 and len(sibling) == 32, "the path is too long"
    if at % 2 == 1 or at == last:
        node = hashlib.sha256(b"\1" + sibling + node).digest()
        while at % 2 == 0 and at > 0:
            at, last = at // 2, last // 2
    else:
        node = hashlib.sha256(b"\1" + node + sibling).digest()
    at, last = at // 2, last // 2
assert last == 0 and node == base64.b64decode(root, validate=True), "the entry is not in this log"
print(f"OK entry {index[6:]} of {size} in {origin}")
