//! Codes of currencies.

/// The codes of ISO 4217 that are in use (list one, as of 2026), sorted.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
    CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL \
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN \
    UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR \
    ZMW ZWG";

/// Codes that data of before still has: of currencies that others replaced since 1999.
const FORMER: &str = "ANG ATS BEF BGN BYR CUC CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE SIT SKK SLL \
    STD TRL VEF ZMK ZWL";

/// Currencies in which most amounts are: what is nearly one of them is most likely a slip.
const COMMON: &str = "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD INR JPY KRW MXN NOK NZD PLN SEK SGD USD ZAR";

/// Whether a text is the code of a currency, of today or of before.
pub(super) fn is_currency(code: &str) -> bool {
    code.len() == 3 && (all(CODES).any(|known| known == code) || all(FORMER).any(|known| known == code))
}

/// The common currency of which a code differs by one letter, or by two that changed places.
pub(super) fn nearly(code: &str) -> Option<&'static str> {
    let letters: Vec<char> = code.chars().take(4).collect();
    let [a, b, c] = letters.as_slice() else { return None };
    let swapped = [[*b, *a, *c], [*a, *c, *b]].map(String::from_iter);
    all(COMMON).find(|known| swapped.iter().any(|one| one == known)).or_else(|| {
        all(COMMON).find(|known| known.chars().zip(&letters).filter(|(one, other)| one == *other).count() == 2)
    })
}

fn all(codes: &'static str) -> impl Iterator<Item = &'static str> {
    codes.split_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_and_slips_are_seen() {
        for list in [CODES, FORMER, COMMON] {
            assert!(all(list).is_sorted());
            assert!(all(list).all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        }
        assert!(all(COMMON).all(|common| all(CODES).any(|code| code == common)));
        assert!(is_currency("EUR") && is_currency("DEM") && !is_currency("EUO") && !is_currency("eur"));
        assert_eq!(nearly("EUO"), Some("EUR"));
        assert_eq!(nearly("UDS"), Some("USD"));
        assert_eq!(nearly("KWH"), None);
        assert_eq!(nearly("EURO"), None);
    }
}
