//! From where callers may come: address ranges by what they contain, other names as they are.

use core::net::IpAddr;
use std::collections::HashSet;

use super::{At, Changes, code, text, texts};

/// The addresses of a range such as `10.0.0.0/8`, or of one address: the family, the first and the last.
fn range(network: &str) -> Option<(bool, u128, u128)> {
    let (address, length) = match network.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
        None => (network, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let (bits, value) = match address {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, u128::from(address)),
    };
    let host = bits - length.unwrap_or(bits).min(bits);
    if length.is_some_and(|length| length > bits) {
        return None;
    }
    let last = if host == 128 { u128::MAX } else { (1_u128 << host) - 1 };
    Some((address.is_ipv6(), value & !last, value | last))
}

/// Networks in a form that tells whether another one is among them.
struct Networks {
    names: HashSet<String>,
    /// Ranges that don't touch, in order.
    ranges: Vec<(bool, u128, u128)>,
}

impl Networks {
    fn of(list: &[String]) -> Self {
        let mut all: Vec<_> = list.iter().filter_map(|network| range(network)).collect();
        all.sort_unstable();
        let mut ranges: Vec<(bool, u128, u128)> = Vec::with_capacity(all.len());
        for (family, first, last) in all {
            match ranges.last_mut() {
                Some(before) if before.0 == family && first <= before.2.saturating_add(1) => {
                    before.2 = before.2.max(last);
                }
                _ => ranges.push((family, first, last)),
            }
        }
        Self { names: list.iter().cloned().collect(), ranges }
    }

    fn contain(&self, network: &String) -> bool {
        let Some((family, first, last)) = range(network) else { return self.names.contains(network) };
        let after = self.ranges.partition_point(|known| (known.0, known.1) <= (family, first));
        let before = after.checked_sub(1).and_then(|index| self.ranges.get(index));
        before.is_some_and(|known| known.0 == family && last <= known.2)
    }
}

/// Without a list callers may come from everywhere.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &[String], head: &[String]) {
    let plain = |networks: &[String]| -> Vec<String> { networks.iter().map(|one| one.trim().to_lowercase()).collect() };
    let (base, head) = (plain(base), plain(head));
    match (base.is_empty(), head.is_empty()) {
        (true, true) => {}
        (true, false) => {
            changes.push(&code::NETWORK_RESTRICTED, at, Some(text("everywhere")), Some(texts(head)));
        }
        (false, true) => {
            changes.push(&code::NETWORK_RELAXED, at, Some(texts(base)), Some(text("everywhere")));
        }
        (false, false) => {
            let (old, new) = (Networks::of(&base), Networks::of(&head));
            let gone = base.iter().any(|network| !new.contain(network));
            let more = head.iter().any(|network| !old.contain(network));
            for (is_so, meta) in [(gone, &code::NETWORK_RESTRICTED), (more, &code::NETWORK_RELAXED)] {
                if is_so {
                    changes.push(meta, at, Some(texts(&base)), Some(texts(&head)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(list: &[&str], network: &str) -> bool {
        let list: Vec<String> = list.iter().map(|&one| one.to_owned()).collect();
        Networks::of(&list).contain(&network.to_owned())
    }

    #[test]
    fn a_part_of_a_range_is_in_it() {
        assert!(contains(&["10.0.0.0/8"], "10.1.0.0/16"));
        assert!(contains(&["10.0.0.0/8"], "10.0.0.1"));
        assert!(contains(&["10.0.0.0/9", "10.128.0.0/9"], "10.0.0.0/8"));
        assert!(contains(&["::/0"], "2001:db8::/32"));
        assert!(contains(&["office-vpn"], "office-vpn"));
        assert!(!contains(&["10.1.0.0/16"], "10.0.0.0/8"));
        assert!(!contains(&["0.0.0.0/0"], "2001:db8::1"));
        assert!(!contains(&["0.0.0.0/0"], "office-vpn"));
        assert!(!contains(&["10.0.0.0/8"], "10.0.0.0/99"));
        assert!(contains(&["10.0.0.0/99"], "10.0.0.0/99"));
    }
}
