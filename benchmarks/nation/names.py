"""Invented names, put together from lists: many share a part, as in life."""

FIRST = (
    "Abdul Adi Aditya Agung Agus Ahmad Aji Akbar Alif Ali Anang Andi Andre Andri Anton Anwar Ardi Arif Aris Asep Bagas "
    "Bagus Bahrul Bambang Bayu Benny Budi Burhan Cahyo Candra Dadang Dani Darma Deden Dedi Deni Dewa Didik Dimas Dodi "
    "Doni Edi Eka Eko Endang Fajar Fandi Faris Fauzi Febri Ferry Galih Ganda Gede Gilang Guntur Hadi Hafid Hamid Hari "
    "Hasan Hendra Heri Hidayat Ibnu Ilham Imam Indra Irfan Iwan Jajang Jamal Joko Kadek Karim Ketut Komang Kurnia Lalu "
    "Made Mahmud Mulyadi Nanang Nyoman Putu Rahmat Rian Rizal Rudi Samsul Slamet Sigit Siti Sri Sunardi Taufik Teguh "
    "Tono Udin Wahyu Wawan Wayan Yanto Yusuf Zainal"
).split()
MIDDLE = (
    "Adnan Alam Amin Arya Asmara Bakti Banyu Basuki Cakra Cipta Damar Danu Darmawan Effendi Firman Gita Gumilar Hakim "
    "Harun Iman Jaya Kusuma Laksana Luhur Mahendra Marwan Mulya Nata Nur Panji Parman Prabu Purnama Putra Raga Rama Ridwan "
    "Sakti Satria Setya Surya Tirta Tri Utama Wira Wisnu Yoga Yudha Zaki"
).split()
LAST = (
    "Adiwijaya Alamsyah Antara Ardana Artana Atmaja Bachtiar Baskara Batubara Budiman Darmadi Dharma Firmansyah Ginting "
    "Gunadi Gunawan Hamdani Handoko Harahap Hartono Hasibuan Hidayat Hutapea Irawan Iskandar Jatmiko Juliarta Kurniawan "
    "Kusnadi Lesmana Lubis Mahardika Manurung Mudita Mulyono Munandar Nasution Nugraha Nugroho Pamungkas Panjaitan Permana "
    "Pradana Pradipta Pramono Pranata Prasetyo Purwanto Rahardja Ramadhan Rangkuti Santika Santoso Saputra Sasmita Sembiring "
    "Setiawan Simanjuntak Simbolon Sinaga Siregar Sitompul Suardana Suarjana Subagio Sudarma Sudirman Sugiarto Suharto "
    "Sukarno Sukmana Sulaiman Supriadi Suryadi Susanto Sutanto Sutrisno Suwandi Syahputra Tampubolon Tarigan Triyono Utomo "
    "Wardana Wibisono Wibowo Widodo Wijaya Winata Wirawan Yulianto Yuwono Zulkarnain"
).split()


def name_of(number: int) -> str:
    """The invented name of a person; the same number has the same name."""
    # Steps without a common measure: neighbours differ in every part.
    first, middle = FIRST[number * 7 % len(FIRST)], MIDDLE[number * 11 // 3 % len(MIDDLE)]
    last = LAST[number * 13 // 7 % len(LAST)]
    return f"{first} {last}" if number % 4 == 0 else f"{first} {middle} {last}"
