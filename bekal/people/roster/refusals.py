"""Why a whole file is refused: a code for programs, and a sentence for the officer."""

SENTENCES = {
    "empty_file": "Berkas ini kosong. Tidak ada yang berubah.",
    "not_a_spreadsheet": "Berkas ini bukan daftar. Pilih berkas Excel, ODS, atau CSV. Tidak ada yang berubah.",
    "damaged_file": "Berkas ini rusak atau terpotong dan tidak dapat dibuka. Simpan ulang dari program asalnya, lalu unggah lagi.",
    "password": "Berkas ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.",
    "no_header": "Tidak ada baris judul yang menyebut nama dan nomor register. Tidak ada yang berubah.",
    "not_a_roster": "Ada nama dan nomor register, tetapi ini bukan daftar warga binaan: tidak ada NIK, tanggal lahir, lama pidana,"
    " ekspirasi, atau tanggal masuk.",
}


class Refused(Exception):
    """The file cannot be taken as a roster; `code` is one of `SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code
