//! What a server of each type has in 3.2.0.

use crate::format::odcs::keys::{SERVER, ServerType};
use crate::format::odcs::version::Version;

/// A type of servers with its own keys.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Server(&'static ServerType);

impl Server {
    /// The type of a name.
    pub(in crate::format) fn named(name: &str) -> Option<Self> {
        ServerType::named(name, Version::NEWEST).map(Self)
    }

    /// The word of `type`.
    pub(in crate::format) fn name(self) -> &'static str {
        self.0.name
    }

    /// The keys that one has to have beside those of all servers.
    pub(in crate::format) fn required(self) -> impl Iterator<Item = &'static str> {
        self.0.required(Version::NEWEST)
    }

    /// Whether servers of this type have a key that not all servers have.
    pub(in crate::format) fn has(self, key: &str) -> bool {
        self.0.has(key, Version::NEWEST)
    }

    /// Whether a server of the type may have a key.
    pub(in crate::format) fn takes(self, key: &str) -> bool {
        SERVER.keys.iter().any(|known| known.name == key) || self.has(key)
    }
}
