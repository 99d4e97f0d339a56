"""Why a row is doubtful or rejected: a code for programs, and one sentence for the officer, in one table."""

from dataclasses import dataclass

FIELD_NAMES = {
    "full_name": "Nama",
    "register_number": "Nomor register",
    "nik": "NIK",
    "birth_place": "Tempat lahir",
    "birth_on": "Tanggal lahir",
    "sex": "Jenis kelamin",
    "offence": "Perkara",
    "sentence": "Lama pidana",
    "third_on": "1/3 masa pidana",
    "half_on": "1/2 masa pidana",
    "two_thirds_on": "2/3 masa pidana",
    "expires_on": "Ekspirasi",
    "admitted_on": "Tanggal masuk",
    "standing": "Status",
    "block": "Blok",
    "remark": "Keterangan",
}

REJECTING = ("missing_name", "missing_register_number", "bad_register_number", "register_number_taken")
SENTENCES = {
    "missing_name": "Nama kosong{cell}. Isi di berkas, lalu unggah lagi.",
    "missing_register_number": "Nomor register kosong{cell}. Isi di berkas, lalu unggah lagi.",
    "bad_register_number": "{written} bukan nomor register{cell}. Bentuknya: B.I 12/2026.",
    "register_number_taken": "Nomor ini sudah dipakai {earlier}, dengan nama atau tanggal lahir yang lain.",
    "repeated_row": "Sama dengan {earlier}.",
    "nik_damaged": "NIK rusak oleh Excel: {written}{cell}. NIK dikosongkan, yang lain dapat disimpan.",
    "nik_mismatch": "NIK menyebut tanggal lahir atau jenis kelamin yang lain{cell}.",
    "nik_taken": "NIK ini sudah dipakai {earlier}, dengan nomor register yang lain.",
    "impossible_date": "{name}: {written} bukan tanggal yang ada{cell}. Dikosongkan.",
    "dates_out_of_order": "Tanggal 1/3, 1/2, 2/3, dan ekspirasi tidak berurutan.",
    "bad_sentence": "{written} tidak terbaca sebagai lama pidana{cell}. Dikosongkan.",
    "standing_mismatch": "Kolom status berbeda dari golongan register{cell}. Golongan register yang dipakai.",
    "odd_characters": "{name} memuat tanda yang tidak lazim{cell}. Disimpan persis seperti tertulis bila Anda setuju.",
    "left_by_remark": "Keterangan menulis {written}{cell}. Mungkin sudah tidak di sini.",
}


@dataclass(frozen=True)
class Reason:
    """One reason: its code, the field it is about, and where in the file it stands, as written."""

    code: str
    field: str | None = None
    cell: str | None = None
    written: str | None = None
    # The number of the earlier row that says the same, or holds the number.
    earlier: int | None = None

    @property
    def sentence(self) -> str:
        """What the officer reads."""
        return SENTENCES[self.code].format(
            cell=f" (sel {self.cell})" if self.cell else "",
            written=f'"{self.written}"' if self.written else "Isian ini",
            earlier=f"baris {self.earlier}" if self.earlier else "baris lain",
            name=FIELD_NAMES.get(self.field or "", "Isian"),
        )

    def as_json(self) -> dict[str, str | None]:
        return {"code": self.code, "field": self.field}
