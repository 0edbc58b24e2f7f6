//! Addresses by where they lead: to the machine itself, into its network, or out into the world.

/// Whether an address is on the machine itself, so that nobody else reaches it.
pub(super) fn is_within(url: &str) -> bool {
    host(url).is_some_and(|host| is_loopback(&host))
}

/// Whether an address leads through a network in the clear: `http://` to another machine. What a variable stands for is not
/// known, and neither is a name without a dot, which only a network of one's own has.
pub(super) fn is_open(url: &str) -> bool {
    let is_http = url.trim().get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    is_http
        && host(url).is_some_and(|host| {
            !host.is_empty() && !host.contains('$') && !is_loopback(&host) && host.contains(['.', ':'])
        })
}

/// The host of an address, in lower case, without its port.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        // An IPv6 address has colons itself.
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    Some(host.trim_end_matches('.').to_lowercase())
}

fn is_loopback(host: &str) -> bool {
    let address: Option<core::net::IpAddr> = host.parse().ok();
    address.map_or(host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_open_where_others_can_listen() {
        for url in ["http://data.example.com/orders", "HTTP://user@10.0.0.7:80", "http://[2001:db8::1]/x"] {
            assert!(is_open(url) && !is_within(url), "{url}");
        }
        let closed = [
            "https://data.example.com",
            "http://localhost:8787/x",
            "http://127.0.0.1/",
            "http://[::1]:80/",
            "http://api.localhost/",
            "http://orders:8080/",
            "http://${HOST}/x",
            "postgresql://db.example.com/shop",
            "http://",
            "http",
            "",
        ];
        for url in closed {
            assert!(!is_open(url), "{url}");
        }
        assert!(is_within("https://localhost/x") && is_within("http://127.1.2.3:1") && is_within("http://[::1]:80/"));
        assert!(!is_within("https://localhost.example.com/x") && !is_within("localhost"));
    }
}
