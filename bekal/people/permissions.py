VIEW_PEOPLE = "people.view_people"
VIEW_IDENTITY = "people.view_identity"
ADMIT = "people.admit"
CORRECT = "people.correct"
END_STAY = "people.end_stay"
IMPORT_ROSTER = "people.import_roster"
EXPORT_PEOPLE = "people.export_people"
<<<<<<< HEAD
VIEW_CONSENTS = "people.view_consents"
RECORD_CONSENT = "people.record_consent"
=======
VIEW_TRANSFERS = "people.view_transfers"
TRANSFER = "people.transfer"
>>>>>>> c684a01 (people: Transfers as a request that the other facility answers.)
