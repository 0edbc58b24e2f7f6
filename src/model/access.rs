//! How to get at the data, and on which conditions.

use super::words::words;
use super::{Literal, Quantity};

/// How to get at the data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Access {
    /// The address of the data service.
    pub endpoint_url: Option<String>,
    /// Addresses of before that still answer.
    pub redirects: Vec<Redirect>,
    /// HTTP methods that it takes.
    pub methods: Vec<String>,
    /// How callers identify themselves.
    pub auth_type: Option<AuthType>,
    /// OAuth scopes that callers need.
    pub required_scopes: Vec<String>,
    /// How long a key or password holds; `None` means for ever.
    pub credentials_rotation: Option<Quantity>,
    /// What groups of callers may do.
    pub roles: Vec<Role>,
    /// Networks that callers may come from, by address range or name; empty means everywhere.
    pub allowed_networks: Vec<String>,
    /// The oldest version of TLS that is taken; `None` means any.
    pub minimum_tls: Option<TlsVersion>,
    /// Versions of the protocol or driver that are served.
    pub protocol_versions: Vec<String>,
    /// How much a caller may ask, such as `1000 req/min`.
    pub rate_limit: Option<String>,
    /// The greatest number of rows in one answer; `None` means no limit.
    pub page_size: Option<u32>,
    /// How the rest of a long answer is asked for.
    pub pagination: Pagination,
    /// How data can be had: `api`, `batch`, `streaming`.
    pub modes: Vec<String>,
    /// What the data may be used for.
    pub allowed_uses: Vec<String>,
    /// What the data must not be used for.
    pub prohibited_uses: Vec<String>,
    /// Whom readers may give the data to.
    pub sharing: Sharing,
}

/// An address of before that still answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: String,
    /// The last day on which it answers, as `YYYY-MM-DD`.
    pub until: String,
}

/// What a group of callers may do.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The name, unique in the contract.
    pub name: String,
    /// What its members may do.
    pub allows: RoleAccess,
    /// The fields that they see, as `field` or `dataset.field`. Empty means all of them.
    pub fields: Vec<String>,
    /// Who decides on membership, in the order in which they are asked.
    pub approvers: Vec<String>,
    /// Who its members are, or what it is for.
    pub description: Option<String>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
}

words! {
    /// What the members of a role may do, from less to more.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum RoleAccess {
        #[default]
        Read = "read", "read the data (the default)";
        Write = "write", "read and write the data";
        Admin = "admin", "read and write the data, and decide who else may";
    }
}

words! {
    /// How callers identify themselves.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum AuthType {
        None = "none", "anybody may read";
        ApiKey = "api_key", "a key in a header";
        OAuth2 = "oauth2", "OAuth 2.0";
        Basic = "basic", "name and password";
        Jwt = "jwt", "a JSON Web Token";
    }
}

words! {
    /// A version of TLS, from old to new.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum TlsVersion {
        V1_0 = "tls1.0", "TLS 1.0 and all newer ones; out of date (RFC 8996)";
        V1_1 = "tls1.1", "TLS 1.1 and all newer ones; out of date (RFC 8996)";
        V1_2 = "tls1.2", "TLS 1.2 and all newer ones";
        V1_3 = "tls1.3", "TLS 1.3 and all newer ones";
    }
}

words! {
    /// How the rest of a long answer is asked for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Pagination {
        #[default]
        None = "none", "every answer is whole (the default)";
        Offset = "offset", "by the number of rows to skip";
        Page = "page", "by the number of a page";
        Cursor = "cursor", "by a mark that the last answer gave";
        Link = "link", "by an address that the last answer gave";
    }
}

words! {
    /// Whom readers may give the data to, from less to more.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum Sharing {
        Forbidden = "forbidden", "to nobody";
        Internal = "internal", "to others in the same organisation";
        #[default]
        Allowed = "allowed", "to anybody (the default)";
    }
}
