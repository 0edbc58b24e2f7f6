//! Which keys 3.2.0 knows, where earlier editions let others pass.

use crate::format::odcs::keys::{
    CHANNEL, CONTRACT, CUSTOM_PROPERTY, DEFINITION, MEMBER, OBJECT_SHAPE, PRICE, PROPERTY, ROLE, RULE, SLA, Shape,
    TEAM, UNKNOWN,
};

pub(super) fn root(key: &str) -> bool {
    CONTRACT.has(key)
}

pub(super) fn object(key: &str) -> bool {
    OBJECT_SHAPE.has(key)
}

/// A key of a property of some logical type; whether it fits the type of this one is for the check to tell.
pub(super) fn property(key: &str) -> bool {
    PROPERTY.has(key) || UNKNOWN.iter().any(|known| known.name == key)
}

/// A key of rules of every type.
pub(super) fn rule(key: &str) -> bool {
    RULE.has(key)
}

pub(super) fn definition(key: &str) -> bool {
    DEFINITION.has(key)
}

pub(super) fn custom_property(key: &str) -> bool {
    CUSTOM_PROPERTY.has(key)
}

pub(super) fn channel(key: &str) -> bool {
    CHANNEL.has(key)
}

pub(super) fn price(key: &str) -> bool {
    PRICE.has(key)
}

pub(super) fn team(key: &str) -> bool {
    TEAM.has(key)
}

pub(super) fn member(key: &str) -> bool {
    MEMBER.has(key)
}

pub(super) fn role(key: &str) -> bool {
    ROLE.has(key)
}

pub(super) fn service_level(key: &str) -> bool {
    SLA.has(key)
}

impl Shape {
    /// Whether mappings of this kind may have a key in the newest edition, whatever else they say.
    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known.name == key)
    }
}
