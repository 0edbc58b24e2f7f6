//! The keys of people, channels and money.

use super::extras::{CUSTOM_PROPERTIES, DEFINITIONS, ID};
use super::{Habit, Instead, Key, Kind, List, Open, Shape, TAGS};
use crate::format::odcs::version::Version::{V3_0_1, V3_0_2, V3_1_0, V3_2_0};

pub(super) static MEMBER_LIST: List = List::of(Kind::Map(&MEMBER), "a member", "username");
pub(super) static ROLE_LIST: List = List::of(Kind::Map(&ROLE), "a role", "role");
pub(super) static CHANNEL_LIST: List = List::of(Kind::Map(&CHANNEL), "a channel", "channel");
pub(super) static SLA_LIST: List = List::of(Kind::Map(&SLA), "a service level", "property");

pub(in crate::format::odcs) static TEAM: Shape = Shape {
    name: "the team",
    keys: &[
        Key::text("name"),
        Key::text("description"),
        Key::new("members", Kind::List(&MEMBER_LIST)),
        ID,
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
    ],
    open: Open::No,
    variant: None,
    habits: &[
        Habit {
            words: &["owner", "lead", "contact"],
            instead: Instead::Do("write a member: `members: [{username: ..., role: owner}]`"),
        },
        Habit {
            words: &["username", "role", "dateIn", "dateOut"],
            instead: Instead::Do("it is of a member: put it in an item of `members`"),
        },
    ],
};

pub(in crate::format::odcs) static MEMBER: Shape = Shape {
    name: "a member of the team",
    keys: &[
        Key::text("username").required_since(V3_1_0).example("ceastwood"),
        Key::text("name").since(V3_0_2),
        Key::text("role"),
        Key::text("description").since(V3_0_2),
        Key::text("dateIn"),
        Key::text("dateOut"),
        Key::text("replacedByUsername"),
        ID,
        TAGS_3_1,
        Key { since: V3_1_0, ..CUSTOM_PROPERTIES },
        Key { since: V3_1_0, ..DEFINITIONS },
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[Habit { words: &["user", "email", "mail", "contact"], instead: Instead::Key("username") }],
};

const TAGS_3_1: Key = Key { since: V3_1_0, ..TAGS };

pub(in crate::format::odcs) static ROLE: Shape = Shape {
    name: "a role",
    keys: &[
        Key::text("role").required().example("analyst_read"),
        Key::text("access"),
        Key::text("description"),
        Key::text("firstLevelApprovers"),
        Key::text("secondLevelApprovers"),
        ID,
        Key { since: V3_0_1, ..CUSTOM_PROPERTIES },
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[Habit { words: &["name"], instead: Instead::Key("role") }],
};

pub(in crate::format::odcs) static CHANNEL: Shape = Shape {
    name: "a support channel",
    keys: &[
        Key::text("channel").required().example("orders-help"),
        Key::text("url").required_before(V3_1_0).example("mailto:data@example.com"),
        Key::text("description"),
        Key::text("tool"),
        Key::text("scope"),
        Key::text("invitationUrl"),
        ID,
        Key { since: V3_1_0, ..CUSTOM_PROPERTIES },
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[
        Habit { words: &["name"], instead: Instead::Key("channel") },
        Habit { words: &["email"], instead: Instead::Do("write `tool: email` and `url: mailto:...`") },
        Habit { words: &["type"], instead: Instead::Key("tool") },
    ],
};

pub(in crate::format::odcs) static PRICE: Shape = Shape {
    name: "the price",
    keys: &[Key::new("priceAmount", Kind::Number), Key::text("priceCurrency"), Key::text("priceUnit"), ID],
    open: Open::Before3_1,
    variant: None,
    habits: &[
        Habit { words: &["amount"], instead: Instead::Key("priceAmount") },
        Habit { words: &["currency"], instead: Instead::Key("priceCurrency") },
        Habit { words: &["unit"], instead: Instead::Key("priceUnit") },
    ],
};

pub(in crate::format::odcs) static SLA: Shape = Shape {
    name: "a service level",
    keys: &[
        Key::text("property").required().example("latency"),
        Key::new("value", Kind::Scalar).required().example("4"),
        Key::text("unit"),
        Key::text("element"),
        Key::text("driver"),
        Key::new("valueExt", Kind::Scalar),
        ID,
        Key::text("description").since(V3_1_0),
        Key::text("scheduler").since(V3_1_0),
        Key::text("schedule").since(V3_1_0),
        Key { since: V3_2_0, ..CUSTOM_PROPERTIES },
        Key { since: V3_2_0, ..DEFINITIONS },
    ],
    open: Open::Before3_1,
    variant: None,
    habits: &[
        Habit { words: &["name", "sla", "type"], instead: Instead::Key("property") },
        Habit { words: &["column", "columns", "field"], instead: Instead::Key("element") },
    ],
};
