"""Data as the templates want them; everybody here is invented."""

from typing import Any

CERTIFICATE: dict[str, Any] = {
    "nomor": "0021/XII/2026",
    "nama": "Joko Prasetyo",
    "lahir": "Jember, 12 Maret 1994",
    "pelatihan": "Tata Boga: Kue dan Roti",
    "masa": "2 November sampai 8 Desember 2026",
    "jp": 120,
    "menit": 45,
    "terbit": "Amerta, 9 Desember 2026",
    "sebutan": "Balai Latihan Amerta",
    "penanda": "I Gede Wira Pranata",
    "kode": "K7QM-4XTD-9F2A",
    "tautan": "http://localhost:8000/periksa/K7QM-4XTD-9F2A",
    "alamat": "periksa.amerta.example",
    "tanya": "",
    "unit": [["Kebersihan dan keamanan pangan", 20], ["Adonan dan pai", 44], ["Kue kering", 36], ["Kemasan", 20]],
}

LONG_NAME = "Anak Agung Ngurah Gede Putra Wiraatmaja Kusumaningrat Suryadiningrat Wiradharma"
NAMES = ["Joko Prasetyo", "I Wayan Mudita", LONG_NAME, "Ni Luh Sari", "I Ketut Gede Arya Bagus Mahendra Putra Wiguna"]
PEOPLE = [(NAMES[place % 5], f"B.IIa {10 + place}/2026") for place in range(24)]
WEARERS = [
    {
        "nama": name,
        "angkatan": "Tata Boga: Kue dan Roti II",
        "masa": "2 November 2026 – 8 Desember 2026",
        "tanda": f"TB2-{place:02}",
        "qr": f"TANDA-{place:08X}",
    }
    for place, (name, _register) in enumerate(PEOPLE, start=1)
]

HEAD = {
    "kepala_surat": "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN RI\nKANTOR WILAYAH AMERTA",
    "upt": "Lapas Kelas IIB Melati",
    "alamat_upt": "Jalan Kamboja Nomor 8, Amerta",
}
SIGNED = {
    "terbit": "Amerta, 9 Desember 2026",
    "jabatan": "Plt. Kepala Lapas Kelas IIB Melati (Surat Perintah Nomor W20-KP.04.01-12)",
    "penanda": "I Gede Wira Pranata, S.H., M.H.",
    "nip": "19780412 200212 1 003",
}

DECREE: dict[str, Any] = (
    HEAD
    | SIGNED
    | {
        "nomor": "W20.PAS.3-PK.01.04-118",
        "tentang": "Peserta Tata Boga Angkatan II 2026",
        "kepala": "Kepala Lapas Kelas IIB Melati",
        "menimbang": [
            "bahwa untuk kelancaran Tata Boga, Angkatan II 2026 perlu ditetapkan peserta dengan keputusan;",
            "bahwa Warga Binaan yang tercantum dalam lampiran memenuhi syarat berdasarkan hasil sidang.",
        ],
        "mengingat": [
            "Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan.",
            "SK penyelenggara Nomor 12 Tahun 2026.",
        ],
        "memperhatikan": ["Hasil sidang Tim Pengamat Pemasyarakatan."],
        "memutuskan": [f"Butir keputusan ke-{place}." for place in range(1, 5)],
        "peserta": PEOPLE,
        "judul_lampiran": "Peserta Tata Boga Angkatan II 2026",
    }
)

HEARING: dict[str, Any] = (
    HEAD
    | SIGNED
    | {
        "nomor": "0007/TPP/X/2026",
        "hari": "Rabu, 21 Oktober 2026",
        "tempat": "Ruang sidang TPP",
        "anggota": [["Luh Sekar Wangi", "Ketua, Kepala Seksi Binadik dan Giatja"], ["Ketut Arsa", "Sekretaris"]],
        "putusan": [
            [
                name,
                register,
                "Tata Boga, Angkatan II 2026",
                "Diterima" if place % 4 else "Tidak diterima",
                ""
                if place % 4
                else "Sisa waktu lebih pendek daripada lama kegiatan; diusulkan pada angkatan berikutnya",
            ]
            for place, (name, register) in enumerate(PEOPLE)
        ],
    }
)

_FIGURES = {"ikut": 1, "keluar_hukum": 2, "keluar_lain": 0, "diterima": 18, "tidak_hadir": 1, "dikirim": 0}
CLOSING: dict[str, Any] = (
    HEAD
    | SIGNED
    | {
        "nomor": "0002/BA/XII/2026",
        "judul": "Penutupan Program dan Pelatihan Kemandirian 2026",
        "hari": "Rabu, 9 Desember 2026",
        "pukul": "09.00 WITA",
        "selesai": "11.30 WITA",
        "tempat": "Aula",
        "acara": [["09.00", "Pembukaan", "Pembawa acara"], ["09.10", "Pelepasan tanda peserta", ""]],
        "angkatan": [{"nama": name, "selesai": 18, **_FIGURES} for name in ("Rehabilitasi Sosial 2", "Tata Boga 2")],
        "jumlah": {"surat": 38, "diterima": 36, "tidak_hadir": 2, "dikirim": 0},
        "penyerahan": [
            ["Rehabilitasi Sosial 2", "I Gede Wira Pranata, Kepala Lapas", "I Gede Wira Pranata, Kepala Lapas"],
            ["Tata Boga 2", "–", "Plt. Kepala Dinas, Dinas Koperasi Kabupaten Amerta"],
        ],
        "tamu": [["Instansi pemerintah", 6, 5], ["Keluarga peserta", 12, 9]],
        "akar": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "pencatat": "Sari Laksmi",
    }
)

SHEET = {"kode": "2345-6789", "qr": "23456789", "kunci": [["H", "hadir"], ["S", "sakit"], ["I", "izin"]]}

ATTENDANCE: dict[str, Any] = {
    "upt": HEAD["upt"],
    "judul": "Daftar hadir Tata Boga: Kue dan Roti II, pertemuan ke-7",
    "hari": "Rabu, 21 Oktober 2026",
    "pukul": "08.00–11.45 WITA",
    "tempat": "Dapur",
    "pengajar": "Sari Laksmi · UPTD BLK",
    "jp": 5,
    "peserta": WEARERS,
    **SHEET,
}

WEEK: dict[str, Any] = {
    "upt": HEAD["upt"],
    "judul": "Daftar hadir Tata Boga: Kue dan Roti II",
    "masa": "19 Oktober 2026 – 23 Oktober 2026",
    "pertemuan": [
        {"nama": f"ke-{place}", "hari": f"Senin, {18 + place}", "pukul": "08.00–11.45", "jp": 5}
        for place in range(1, 6)
    ],
    "peserta": WEARERS,
    **SHEET,
}

LIST: dict[str, Any] = {
    "upt": HEAD["upt"],
    "judul": "Warga Binaan",
    "keterangan": "24 orang, 9 Desember 2026",
    "kolom": ["No.", "Nama", "Register"],
    "baris": [[str(place), name, register] for place, (name, register) in enumerate(PEOPLE, start=1)],
}

AGENDA: dict[str, Any] = {
    "upt": HEAD["upt"],
    "judul": CLOSING["judul"],
    "hari": CLOSING["hari"],
    "pukul": CLOSING["pukul"],
    "tempat": "Aula",
    "acara": [
        ["09.00", "Pembukaan", "Pembawa acara", "", "Acara berikutnya, Pembukaan."],
        ["09.10", "Pelepasan tanda peserta", "", "di panggung", "Acara berikutnya, Pelepasan tanda peserta."],
    ],
    "ucapan": ["Pelepasan tanda peserta Tata Boga 2. Kepada Kepala Lapas, kami persilakan melepas tanda peserta."],
    "penyerahan": [
        {
            "angkatan": "Tata Boga: Kue dan Roti II",
            "peserta": [[w["tanda"], w["nama"], f"{place:04}/XII/2026"] for place, w in enumerate(WEARERS, start=1)],
        }
    ],
}

INVITATION: dict[str, Any] = (
    HEAD
    | SIGNED
    | {
        "nomor": "0004/MLT/XII/2026",
        "yth": "Plt. Kepala Dinas, Dinas Koperasi, UKM dan Tenaga Kerja Kabupaten Amerta",
        "nama": "Ni Luh Contoh",
        "judul": CLOSING["judul"],
        "hari": CLOSING["hari"],
        "pukul": CLOSING["pukul"],
        "tempat": "Aula, Lapas Kelas IIB Melati",
    }
)

GUESTS: dict[str, Any] = {
    **{key: AGENDA[key] for key in ("upt", "judul", "hari", "pukul", "tempat")},
    "tamu": [
        ["Ni Luh Contoh", "Plt. Kepala Dinas", "Dinas Koperasi Kabupaten Amerta"],
        ["", "Pemimpin Redaksi", "Kabar Amerta"],
    ],
}

CONSENT: dict[str, Any] = {
    "upt": HEAD["upt"],
    "tempat": "Amerta",
    "tanya": [
        {"judul": title, "isi": "Saudara bebas menjawab ya atau tidak. " * 6, "kode": "foto-1"} for title in "ABC"
    ],
    "orang": [{"nama": name} for name in NAMES],
}

# Each template with data: a test of all papers walks this table.
EVERY_PAPER: dict[str, tuple[str, dict[str, Any]]] = {
    "sertifikat": ("sertifikat", CERTIFICATE),
    "sertifikat, tanya kantor": ("sertifikat", CERTIFICATE | {"alamat": "", "tanya": "Balai Latihan Amerta, Amerta"}),
    "keikutsertaan": ("keikutsertaan", CERTIFICATE),
    "rehabilitasi": ("rehabilitasi", CERTIFICATE | {"pelatihan": "Pembinaan Kepribadian Angkatan II"}),
    "sk": ("sk", DECREE),
    "berita-acara-sidang": ("berita-acara-sidang", HEARING),
    "berita-acara-penutupan": ("berita-acara-penutupan", CLOSING),
    "daftar-hadir": ("daftar-hadir", ATTENDANCE),
    "daftar-hadir-minggu": ("daftar-hadir-minggu", WEEK),
    "tanda-peserta": ("tanda-peserta", {"peserta": WEARERS}),
    "agenda": ("agenda", AGENDA),
    "persetujuan": ("persetujuan", CONSENT),
    "daftar": ("daftar", LIST),
    "undangan": ("undangan", INVITATION),
    "daftar-tamu": ("daftar-tamu", GUESTS),
}
