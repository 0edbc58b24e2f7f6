//! How to get at the data.

use crate::format::values::{count, dict, each, literal, quantity, text, texts, word};
use crate::model::{Access, AuthType, Pagination, Redirect, Role, RoleAccess, Sharing, TlsVersion};
use crate::source::Node;

pub(in crate::format) fn access(node: &Node) -> Access {
    Access {
        endpoint_url: text(node, "endpoint_url"),
        redirects: each(node.get("redirects"), |node| {
            Some(Redirect { from: text(node, "from")?, until: text(node, "until")? })
        }),
        methods: texts(node.get("methods")),
        auth_type: word(node, "auth_type", AuthType::from_name),
        required_scopes: texts(node.get("required_scopes")),
        credentials_rotation: quantity(node, "credentials_rotation"),
        roles: each(node.get("roles"), role),
        allowed_networks: texts(node.get("allowed_networks")),
        minimum_tls: word(node, "minimum_tls", TlsVersion::from_name),
        protocol_versions: texts(node.get("protocol_versions")),
        rate_limit: text(node, "rate_limit"),
        page_size: count(node, "page_size"),
        pagination: word(node, "pagination", Pagination::from_name).unwrap_or_default(),
        modes: texts(node.get("modes")),
        allowed_uses: texts(node.get("allowed_uses")),
        prohibited_uses: texts(node.get("prohibited_uses")),
        sharing: word(node, "sharing", Sharing::from_name).unwrap_or_default(),
    }
}

pub(in crate::format) fn role(node: &Node) -> Option<Role> {
    Some(Role {
        name: text(node, "name")?,
        allows: word(node, "allows", RoleAccess::from_name).unwrap_or_default(),
        fields: texts(node.get("fields")),
        approvers: texts(node.get("approvers")),
        description: text(node, "description"),
        metadata: dict(node.get("metadata"), literal),
    })
}
