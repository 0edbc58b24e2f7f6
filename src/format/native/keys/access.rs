//! The keys of how to get at the data, and on which conditions.

use super::forms::DATE;
use super::{METADATA_KEY, TEXT, TEXTS};
use crate::model::{AuthType, Pagination, RoleAccess, Sharing, TlsVersion};
use crate::source::shape::{Key, Kind, Shape};

pub(super) static ACCESS: Shape = Shape {
    name: "access",
    doc: "How to get at the data.",
    keys: &[
        Key::new("endpoint_url", TEXT, "The address of the data service.").example("https://data.example.com/orders"),
        Key::new("redirects", Kind::List(&Kind::Map(&REDIRECT)), "Addresses of before that still answer."),
        Key::new("methods", TEXTS, "HTTP methods that it takes.").example("[GET]"),
        Key::new("auth_type", Kind::Word(AuthType::ALL), "How callers identify themselves."),
        Key::new("required_scopes", TEXTS, "OAuth scopes that callers need."),
        Key::new("credentials_rotation", TEXT, "How long a key or password holds; for ever if not given.")
            .example("90 days"),
        Key::new("roles", Kind::List(&Kind::Map(&ROLE)), "What groups of callers may do."),
        Key::new(
            "allowed_networks",
            TEXTS,
            "Networks that callers may come from, by address range or name; everywhere if not given.",
        )
        .example("[10.0.0.0/8, office-vpn]"),
        Key::new("minimum_tls", Kind::Word(TlsVersion::ALL), "The oldest version of TLS that is taken."),
        Key::new("protocol_versions", TEXTS, "Versions of the protocol, driver or API that are served.")
            .example("[v1, v2]"),
        Key::new("rate_limit", TEXT, "How much a caller may ask.").example("1000 req/min"),
        Key::new("page_size", Kind::Count, "The greatest number of rows in one answer; no limit if not given.")
            .example("1000"),
        Key::new("pagination", Kind::Word(Pagination::ALL), "How the rest of a long answer is asked for."),
        Key::new(
            "modes",
            Kind::List(&Kind::Word(&[
                ("api", "one request at a time"),
                ("batch", "files or bulk reads"),
                ("streaming", "a stream of records"),
            ])),
            "How data can be had.",
        ),
        Key::new("allowed_uses", TEXTS, "What the data may be used for.").example("[analytics, compliance]"),
        Key::new("prohibited_uses", TEXTS, "What the data must not be used for.").example("[marketing]"),
        Key::new("sharing", Kind::Word(Sharing::ALL), "Whom readers may give the data to."),
    ],
};

static REDIRECT: Shape = Shape {
    name: "redirect",
    doc: "An address of before that still answers.",
    keys: &[
        Key::new("from", TEXT, "The old address.").required().example("https://old.example.com/orders"),
        Key::new("until", Kind::Form(&DATE), "The last day on which it answers.").required().example("\"2026-12-31\""),
    ],
};

pub(in crate::format) static ROLE: Shape = Shape {
    name: "role",
    doc: "What a group of callers may do.",
    keys: &[
        Key::new("name", TEXT, "The name, unique in the contract.").required().example("analyst"),
        Key::new("allows", Kind::Word(RoleAccess::ALL), "What its members may do.").also_called(&["access"]),
        Key::new("fields", TEXTS, "The fields that they see, as `field` or `dataset.field`; all of them if not given."),
        Key::new("approvers", TEXTS, "Who decides on membership, in the order in which they are asked."),
        Key::new("description", TEXT, "Who its members are, or what it is for."),
        METADATA_KEY,
    ],
};
