"""The signature inside a seal: a detached CMS container (RFC 5652) with the attributes that PAdES B-B asks for."""

from functools import lru_cache
from hashlib import sha256

from asn1crypto import algos, cms, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bekal.foundation.papers.seal_keys import SealKey

# An ECDSA signature of P-256 has at most so many bytes; most have one or two fewer.
LONGEST_SIGNATURE = 72
# Stands in a mould where the digest will be.
OPEN = b"\xd1" * 32


def container(digest: bytes, *, key: SealKey) -> bytes:
    """A container that signs `digest`, the SHA-256 of what is sealed.

    Its signed attributes are content-type, message-digest and signing-certificate-v2, no others: the hour of signing stands
    in the PDF (EN 319 142-1, 6.3). Only digest and signature differ between two seals of a key, so the rest is built once.
    """
    told = _told(key).replace(OPEN, digest)
    signature = key.private.sign(told, ec.ECDSA(hashes.SHA256()))
    return _mould(key, len(signature)).replace(OPEN, digest) + signature


def room(key: SealKey) -> int:
    """How many bytes the longest container of a key takes."""
    return len(_mould(key, LONGEST_SIGNATURE)) + LONGEST_SIGNATURE


@lru_cache(maxsize=64)
def _certificate(key: SealKey) -> x509.Certificate:
    return x509.Certificate.load(key.certificate.public_bytes(serialization.Encoding.DER))


@lru_cache(maxsize=64)
def _told(key: SealKey) -> bytes:
    """The signed attributes; the last binds them to one certificate, so that no other can take its place (RFC 5035)."""
    name = tsp.ESSCertIDv2({"cert_hash": sha256(_certificate(key).dump()).digest()})
    values = {
        "content_type": "data",
        "message_digest": OPEN,
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [name]}),
    }
    attributes = [cms.CMSAttribute({"type": told, "values": [value]}) for told, value in values.items()]
    return bytes(cms.CMSAttributes(attributes).dump())


@lru_cache(maxsize=256)
def _mould(key: SealKey, length: int) -> bytes:
    """The container with its digest open, up to where a signature of `length` bytes ends it."""
    certificate = _certificate(key)
    sha_256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    issued = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(issued)),
            "digest_algorithm": sha_256,
            "signed_attrs": cms.CMSAttributes.load(_told(key)),
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": bytes(length),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha_256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())[:-length]
