//! What a server of each type has in 3.2.0.

use crate::format::odcs::keys::{SERVER, SERVERS, ServerType};
use crate::format::odcs::version::Version;

/// A type of servers with its own keys.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Server(&'static ServerType);

impl Server {
    /// The type of a name.
    pub(in crate::format) fn named(name: &str) -> Option<Self> {
        SERVERS.iter().find(|server| server.name == name).map(Self)
    }

    /// The word of `type`.
    pub(in crate::format) fn name(self) -> &'static str {
        self.0.name
    }

    /// The keys that one has to have beside those of all servers.
    pub(in crate::format) fn required(self) -> impl Iterator<Item = &'static str> {
        self.0.keys.iter().filter(|key| key.is_required(Version::NEWEST)).map(|key| key.name)
    }

    /// Whether servers of this type have a key that not all servers have.
    pub(in crate::format) fn has(self, key: &str) -> bool {
        // The text of the standard has this one and its schema rejects it. What is migrated is right by both.
        let is_disputed = self.0.name == "kinesis" && key == "stream";
        !is_disputed && self.0.keys.iter().any(|known| known.name == key)
    }

    /// Whether a server of the type may have a key.
    pub(in crate::format) fn takes(self, key: &str) -> bool {
        SERVER.keys.iter().any(|known| known.name == key) || self.has(key)
    }
}
