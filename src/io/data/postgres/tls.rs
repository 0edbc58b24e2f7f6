//! TLS to a PostgreSQL server, as `sslmode` names its degrees.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::io::fs::{self, ReadError};

/// Whom to take for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trust {
    /// Whoever answers: the talk is secret, but it is not known with whom.
    Anyone,
    /// Who has a certificate of an authority, for any host.
    Authority(Authorities),
    /// Who has a certificate of an authority for this host.
    Host(Authorities),
}

/// Which authorities are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Authorities {
    /// Those of this machine.
    System,
    /// Those in a file of PEM.
    File(PathBuf),
}

/// What makes connections secret, and finds out with whom they are.
pub(super) fn connector(trust: &Trust) -> Result<MakeRustlsConnect, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let algorithms = provider.signature_verification_algorithms;
    let chain = match trust {
        Trust::Anyone => None,
        Trust::Authority(authorities) | Trust::Host(authorities) => Some(Chain::new(authorities, &provider)?),
    };
    let verifier = Arc::new(Verifier { algorithms, chain, is_host_asked: matches!(trust, Trust::Host(_)) });
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| format!("TLS can't be used: {error}"))?;
    let config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// What vouches for a server.
#[derive(Debug)]
struct Chain {
    verifier: Arc<WebPkiServerVerifier>,
    /// The certificates of the file that whoever runs pact has named. A server may have one of these itself.
    named: Vec<CertificateDer<'static>>,
}

impl Chain {
    fn new(authorities: &Authorities, provider: &Arc<CryptoProvider>) -> Result<Self, String> {
        let named = match authorities {
            Authorities::System => Vec::new(),
            Authorities::File(path) => certificates(path)?,
        };
        Ok(Self { verifier: verifier(authorities, &named, provider)?, named })
    }
}

fn verifier(
    authorities: &Authorities,
    named: &[CertificateDer<'static>],
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, String> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Authorities::System => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Authorities::File(_) => {
            roots.add_parsable_certificates(named.iter().cloned());
        }
    }
    if roots.is_empty() {
        return Err(match authorities {
            Authorities::System => {
                "this machine has no certificates of authorities; install them, or name a file with `sslrootcert`"
                    .to_owned()
            }
            Authorities::File(_) => "the file of `sslrootcert` has no certificate in PEM".to_owned(),
        });
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    verifier.map_err(|error| format!("TLS can't be used: {error}"))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = fs::read_text(path, None).map_err(|error| match error {
        ReadError::Io(error) => format!("the file of `sslrootcert` can't be read: {error}"),
        _ => "the file of `sslrootcert` is no PEM".to_owned(),
    })?;
    let certificates = CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<_, _>>();
    certificates.map_err(|_| "the file of `sslrootcert` is no PEM".to_owned())
}

/// Takes certificates that an authority vouches for, or all; for the host that was asked for, or for any.
#[derive(Debug)]
struct Verifier {
    algorithms: WebPkiSupportedAlgorithms,
    chain: Option<Chain>,
    is_host_asked: bool,
}

/// Whether nothing was wrong with a certificate but that it is that of an authority, and is shown by a server.
fn is_authority_itself(error: &Error) -> bool {
    // The kinds of `webpki` that `rustls` has no word for are known by what they are called.
    matches!(error, Error::InvalidCertificate(CertificateError::Other(OtherError(why))) if why.to_string() == "CaUsedAsEndEntity")
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        // The name is looked at last.
        match chain.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.is_host_asked => Ok(ServerCertVerified::assertion()),
            // A certificate that signs itself is the very one that was named, and no other: nobody else has to vouch for it. Its dates
            // were looked at before that.
            Err(error) if is_authority_itself(&error) && chain.named.iter().any(|named| named == end_entity) => {
                if self.is_host_asked {
                    verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                }
                Ok(ServerCertVerified::assertion())
            }
            result => result,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Two certificates of one name that sign themselves, of authorities, for `db.test`, from November 2026 to October 2126.
    const OWN: &str = "\
-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUCLZ13Xm2BPGZisuf02/43PA1CgMwCgYIKoZIzj0EAwIw
DTELMAkGA1UEAwwCZGIwIBcNMjYxMTIyMTU0NjA0WhgPMjEyNjEwMjkxNTQ2MDRa
MA0xCzAJBgNVBAMMAmRiMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhUutfynH
7HO8WpQJ1e/gsuy+8dnZBiYlG2Z4Kd6KoeCJUUcxTIiHm0L8HU5i5GwrFO2JoFrg
wa8XM/aZ7DQZZaNnMGUwHQYDVR0OBBYEFNf+JyZn6klxckvNXB0WHZuNxZYhMB8G
A1UdIwQYMBaAFNf+JyZn6klxckvNXB0WHZuNxZYhMA8GA1UdEwEB/wQFMAMBAf8w
EgYDVR0RBAswCYIHZGIudGVzdDAKBggqhkjOPQQDAgNIADBFAiEAss++aCZQaT5Y
NkP8pza9NMeTAd2MA/7PApcYxqnDyEUCIH5NjxBJoLTT4bjvFnVs6qGoD4yXv9j8
9eHtDr3SqjgD
-----END CERTIFICATE-----
";
    const OTHER: &str = "\
-----BEGIN CERTIFICATE-----
MIIBhDCCASugAwIBAgIUfgvdxp7YrtDqufSmQune4qqV0oswCgYIKoZIzj0EAwIw
DTELMAkGA1UEAwwCZGIwIBcNMjYxMTIyMTU0NjA0WhgPMjEyNjEwMjkxNTQ2MDRa
MA0xCzAJBgNVBAMMAmRiMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPq8nsolK
sRptGiiOczp56OFUwC/pKp4plPoC0hRUTkKdzNNcy6EWXzjm2bcS2BHvwVQkxr41
InQT3YaLdTlCc6NnMGUwHQYDVR0OBBYEFFrIWQ95gOm9U0xPGGsyCgOxmidwMB8G
A1UdIwQYMBaAFFrIWQ95gOm9U0xPGGsyCgOxmidwMA8GA1UdEwEB/wQFMAMBAf8w
EgYDVR0RBAswCYIHZGIudGVzdDAKBggqhkjOPQQDAgNHADBEAiEA88HTPPyEJzJt
mu0DUTKmBXaQdL2f7iVmOiyDK5gKSj4CH2JmbfaafA59u1m9sRihV37RbaodMFII
7Dsk92k/GGY=
-----END CERTIFICATE-----
";

    fn verdict(shown: &str, named: &str, is_host_asked: bool, host: &str, years: u64) -> Result<(), Error> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, named).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = Some(Chain::new(&Authorities::File(file), &provider).unwrap());
        let algorithms = provider.signature_verification_algorithms;
        let verifier = Verifier { algorithms, chain, is_host_asked };
        let shown = CertificateDer::from_pem_slice(shown.as_bytes()).unwrap();
        let host = ServerName::try_from(host.to_owned()).unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(years * 31_557_600));
        verifier.verify_server_cert(&shown, &[], &host, &[], now).map(|_| ())
    }

    #[test]
    fn a_certificate_that_signs_itself_is_taken_where_it_is_the_one_that_was_named() {
        let both = format!("{OTHER}{OWN}");
        for (shown, named, is_host_asked, host, years, is_taken) in [
            (OWN, OWN, true, "db.test", 60, true),
            (OWN, both.as_str(), true, "db.test", 60, true),
            (OWN, OWN, false, "elsewhere.test", 60, true),
            (OWN, OWN, true, "elsewhere.test", 60, false),
            (OWN, OTHER, true, "db.test", 60, false),
            (OWN, OTHER, false, "db.test", 60, false),
            (OWN, OWN, true, "db.test", 50, false),
            (OWN, OWN, false, "db.test", 50, false),
            (OWN, OWN, true, "db.test", 160, false),
            (OWN, OWN, false, "db.test", 160, false),
        ] {
            let found = verdict(shown, named, is_host_asked, host, years);
            assert_eq!(found.is_ok(), is_taken, "{host} {years}: {found:?}");
        }
    }
}
