//! The keys of the top level, and where in a contract each mapping stands.

use super::extras::{CUSTOM_PROPERTIES, CUSTOM_PROPERTY, DEFINITION, DEFINITIONS, DESCRIPTION};
use super::habits::ROOT_HABITS;
use super::people::{CHANNEL, CHANNEL_LIST, MEMBER, MEMBER_LIST, PRICE, ROLE, ROLE_LIST, SLA, SLA_LIST, TEAM};
use super::quality::RULE;
use super::references::PROPERTY_RELATIONSHIP;
use super::schema::{OBJECT, OBJECT_LIST, PROPERTY};
use super::servers::{SERVER, SERVER_LIST};
use super::{Key, Kind, List, Open, Shape, TAGS, Word};
use crate::format::odcs::version::Version::{V3_0_1, V3_1_0, V3_2_0};

pub(in crate::format::odcs) static CONTRACT: Shape = Shape {
    name: "the contract",
    keys: &[
        // Judged with the head of the file.
        Key::new("apiVersion", Kind::Any),
        Key::new("kind", Kind::Word(&[Word::new("DataContract")])).required().example("DataContract"),
        Key::text("id").required().example("53581432-6c55-4ba2-a65f-72344a91553a"),
        Key::text("name"),
        Key::text("version").required().example("1.0.0"),
        Key::text("status").required_before(V3_2_0).example("active"),
        Key::text("tenant"),
        Key::text("domain"),
        Key::text("dataProduct"),
        Key::new("description", Kind::Map(&DESCRIPTION)),
        TAGS,
        Key::new("schema", Kind::List(&OBJECT_LIST)),
        Key::new("servers", Kind::List(&SERVER_LIST)),
        Key::new("slaProperties", Kind::List(&SLA_LIST)),
        Key::text("slaDefaultElement"),
        Key::new(
            "team",
            Kind::Until(V3_1_0, &Kind::List(&MEMBER_LIST), &Kind::Or(&Kind::Map(&TEAM), &Kind::List(&MEMBER_LIST))),
        ),
        Key::new("roles", Kind::List(&ROLE_LIST)),
        Key::new("support", Kind::List(&CHANNEL_LIST)),
        Key::new("price", Kind::Map(&PRICE)),
        CUSTOM_PROPERTIES,
        Key { since: V3_0_1, ..DEFINITIONS },
        Key::text("contractCreatedTs"),
        Key::new("context", CONTEXT).since(V3_2_0),
    ],
    open: Open::No,
    variant: None,
    habits: ROOT_HABITS,
};

/// Where mappings stand, for keys in the wrong place.
pub(in crate::format::odcs) static HOMES: &[(&Shape, &str)] = &[
    (&CONTRACT, "at the top level"),
    (&DESCRIPTION, "in `description`"),
    (&OBJECT, "in an object of `schema`"),
    (&PROPERTY, "in a property"),
    (&RULE, "in a rule of `quality`"),
    (&SERVER, "in a server"),
    (&SLA, "in an item of `slaProperties`"),
    (&TEAM, "in `team`"),
    (&MEMBER, "in a member of the team"),
    (&ROLE, "in an item of `roles`"),
    (&CHANNEL, "in an item of `support`"),
    (&PRICE, "in `price`"),
    (&CONTEXT_SHAPE, "in `context`"),
    (&PROPERTY_RELATIONSHIP, "in an item of `relationships`"),
    (&CUSTOM_PROPERTY, "in an item of `customProperties`"),
    (&DEFINITION, "in an item of `authoritativeDefinitions`"),
];

pub(super) const CONTEXT: Kind = Kind::Or(&Kind::Text, &Kind::Map(&CONTEXT_SHAPE));

static CONTEXT_SHAPE: Shape = Shape {
    name: "the context",
    keys: &[
        Key::text("instructions"),
        Key::new("verifiedStatements", Kind::List(&STATEMENT_LIST)),
        Key::new("constraints", Kind::List(&CONSTRAINT_LIST)),
    ],
    open: Open::No,
    variant: None,
    habits: &[],
};

static STATEMENT_LIST: List = List::of(Kind::Map(&STATEMENT), "a statement", "question");
static CONSTRAINT_LIST: List = List::of(Kind::Map(&CONSTRAINT), "a constraint", "constraint");

static STATEMENT: Shape = Shape {
    name: "a verified statement",
    keys: &[
        Key::text("question").required().example("How many orders are open?"),
        Key::text("answer"),
        Key::text("id"),
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
    ],
    open: Open::No,
    variant: None,
    habits: &[],
};

static CONSTRAINT: Shape = Shape {
    name: "a constraint of the context",
    keys: &[
        Key::text("constraint").required().example("Amounts are without VAT."),
        Key::text("id"),
        TAGS,
        CUSTOM_PROPERTIES,
        DEFINITIONS,
    ],
    open: Open::No,
    variant: None,
    habits: &[],
};
