"""Writes the test vectors of this package from nothing but Python's standard library: a second implementation, made from
the text of docs/cryptography.md and not from the TypeScript beside it. Run: python3 reference.py > vectors.json"""

import base64, hashlib, hmac, json, struct

# --- P-256 (FIPS 186-5; SEC 2, section 2.4.2) ---
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
A = P - 3
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(p, q):
    if p is None: return q
    if q is None: return p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0: return None
    if p == q: slope = (3 * p[0] ** 2 + A) * pow(2 * p[1], -1, P)
    else: slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope**2 - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k, point):
    total = None
    while k:
        if k & 1: total = add(total, point)
        point, k = add(point, point), k >> 1
    return total


def big(n): return n.to_bytes(32, "big")
def raw(point): return b"\x04" + big(point[0]) + big(point[1])


# --- primitives ---
def sha(b): return hashlib.sha256(b).digest()
def mac(k, m): return hmac.new(k, m, hashlib.sha256).digest()
def framed(*parts): return b"".join(struct.pack(">I", len(p)) + p for p in parts)


def hkdf(ikm, info, length, salt=b""):
    prk, out, t, i = mac(salt or b"\0" * 32, ikm), b"", b"", 1
    while len(out) < length:
        t = mac(prk, t + info + bytes([i]))
        out, i = out + t, i + 1
    return out[:length]


def b64(b): return base64.urlsafe_b64encode(b).rstrip(b"=").decode()


# --- codes ---
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def check(symbols):
    total = 0
    for s in symbols:
        total = (total ^ ALPHABET.index(s)) << 1
        if total & 32: total ^= 0b100101
    return ALPHABET[total]


def complete(symbols): return symbols + check(symbols)


def secrets(code, purpose, origin):
    salt = f"sprechzimmer v1|{purpose}|{origin}".encode()
    secret = hashlib.pbkdf2_hmac("sha256", code.encode(), salt, 600_000)
    return {
        "code": code,
        "purpose": purpose,
        "origin": origin,
        "locator": b64(hkdf(secret, b"locator", 16)),
        "psk": b64(hkdf(secret, b"psk", 32)),
        "cardKey": b64(hkdf(secret, b"card", 32)),
    }


# --- consent ---
def consent(number):
    psk = bytes([number]) * 32
    return {"psk": b64(psk), "key": b64(hkdf(psk, b"consent", 32))}


# --- handshake ---
def handshake(seed):
    def fixed(label): return sha(f"{seed} {label}".encode())
    psk, host_d, part_d = fixed("psk"), int.from_bytes(fixed("host"), "big"), int.from_bytes(fixed("participant"), "big")
    host_n, part_n = fixed("host nonce")[:16], fixed("participant nonce")[:16]
    host_p, part_p = times(host_d, G), times(part_d, G)
    prologue = b"sprechzimmer v1 handshake, suite 1"
    m0 = sha(framed(raw(host_p), host_n))
    mac1 = mac(hkdf(psk, b"handshake m1", 32), framed(prologue, m0, raw(part_p), part_n))
    m1 = raw(part_p) + part_n + mac1
    transcript = sha(framed(prologue, m0, raw(part_p), part_n, mac1, raw(host_p), host_n))
    ikm = psk + big(times(host_d, part_p)[0])
    def derive(info): return hkdf(ikm, info, 32, transcript)
    m2 = raw(host_p) + host_n + mac(derive(b"handshake m2"), transcript)
    def jwk(d, point): return {"kty": "EC", "crv": "P-256", "d": b64(big(d)), "x": b64(big(point[0])), "y": b64(big(point[1]))}
    return {
        "psk": b64(psk),
        "host": {"key": jwk(host_d, host_p), "nonce": b64(host_n)},
        "participant": {"key": jwk(part_d, part_p), "nonce": b64(part_n)},
        "m0": b64(m0),
        "m1": b64(m1),
        "m2": b64(m2),
        "hostToParticipant": b64(derive(b"host to participant")),
        "participantToHost": b64(derive(b"participant to host")),
        "wordBytes": list(derive(b"words")[:3]),
        "mediaRoot": b64(derive(b"media")),
    }


print(json.dumps({
    "codes": [complete(s) for s in ["K7QF93MDXW2", "00000000000", "ZZZZZZZZZZZ", "ABCDEFGHJKM", "1A2B3C4D5E6"]],
    "recoveryCodes": [complete("ABCDEFGHJKMNPQRSTVWXYZ0")],
    "secrets": [
        secrets(complete("K7QF93MDXW2"), "invitation", "https://video.example.org"),
        secrets(complete("K7QF93MDXW2"), "device", "https://video.example.org"),
        secrets(complete("K7QF93MDXW2"), "host", "https://video.example.org"),
        secrets(complete("ABCDEFGHJKMNPQRSTVWXYZ0"), "recovery", "https://praxis.example.org"),
    ],
    "consents": [consent(1), consent(255)],
    "handshakes": [handshake(f"vector {i}") for i in range(3)],
}, indent=2))
