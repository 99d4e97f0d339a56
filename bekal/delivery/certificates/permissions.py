VIEW_CERTIFICATES = "certificates.view_certificates"
REISSUE = "certificates.reissue"
REVOKE = "certificates.revoke"
