"""QR codes as SVG: made and, in tests, read back by the same library (ISO/IEC 18004)."""

import zxingcpp


def svg(text: str) -> str:
    """The QR code of a text as an SVG picture, with error correction M (15 %)."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False))
