//! How to get at the data.

use super::tree::Keys;
use crate::model::{Access, AuthType, Literal, Pagination, Role, RoleAccess, Sharing, TlsVersion};

/// How to get at the data.
pub(in crate::format) fn access(access: &Access) -> Literal {
    Keys::new()
        .text("endpoint_url", access.endpoint_url.as_deref())
        .list("redirects", &access.redirects, |redirect| {
            Keys::new().text("from", Some(&redirect.from)).text("until", Some(&redirect.until)).done()
        })
        .texts("methods", &access.methods)
        .text("auth_type", access.auth_type.map(AuthType::name))
        .texts("required_scopes", &access.required_scopes)
        .quantity("credentials_rotation", access.credentials_rotation.as_ref())
        .list("roles", &access.roles, role)
        .texts("allowed_networks", &access.allowed_networks)
        .text("minimum_tls", access.minimum_tls.map(TlsVersion::name))
        .texts("protocol_versions", &access.protocol_versions)
        .text("rate_limit", access.rate_limit.as_deref())
        .count("page_size", access.page_size)
        .text("pagination", (access.pagination != Pagination::default()).then_some(access.pagination.name()))
        .texts("modes", &access.modes)
        .texts("allowed_uses", &access.allowed_uses)
        .texts("prohibited_uses", &access.prohibited_uses)
        .text("sharing", (access.sharing != Sharing::default()).then_some(access.sharing.name()))
        .done()
}

/// What a group of callers may do.
pub(in crate::format) fn role(role: &Role) -> Literal {
    Keys::new()
        .text("name", Some(&role.name))
        .text("allows", (role.allows != RoleAccess::default()).then_some(role.allows.name()))
        .texts("fields", &role.fields)
        .texts("approvers", &role.approvers)
        .text("description", role.description.as_deref())
        .dict("metadata", &role.metadata, Clone::clone)
        .done()
}
