"""A PAdES seal (ETSI EN 319 142-1, level B-B) put on a freshly drawn paper as an incremental update."""

import io
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bekal.foundation.papers.seal_keys import SealKey

FIELD = "Segel"
# Read aloud by a screen reader; PDF/UA asks for it.
FIELD_LABEL = "Segel elektronik, tidak tersertifikasi"


class _KeptKeySigner(signers.Signer):
    """Signs with a key that was parsed once; pyHanko's own signer parses it anew for each signature."""

    def __init__(self, key: SealKey) -> None:
        certificate = asn1_x509.Certificate.load(key.certificate.public_bytes(serialization.Encoding.DER))
        store = SimpleCertificateStore()
        store.register(certificate)
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=True)
        self._private = key.private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(72)
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))


class _DatedSigner(signers.PdfSigner):
    """Writes the hour that was given, not the hour that is: a paper tells when it was made."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


@lru_cache(maxsize=64)
def _signer(key: SealKey) -> _KeptKeySigner:
    return _KeptKeySigner(key)


def seal(pdf: bytes, *, key: SealKey, at: datetime) -> bytes:
    """The paper with a seal over all of it. `pdf` is one that was drawn here: nothing is validated first."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=key.subject
    )
    pdf_signer = _DatedSigner(
        metadata, signer=_signer(key), new_field_spec=SigFieldSpec(FIELD, readable_field_name=FIELD_LABEL)
    )
    pdf_signer.at = at
    sealed = pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=8192)
    return bytes(sealed.getbuffer())
