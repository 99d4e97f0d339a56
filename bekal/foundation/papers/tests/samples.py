"""Data as the templates want them; everybody here is invented."""

CERTIFICATE = {
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
