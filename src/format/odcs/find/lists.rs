//! Lists of the model whose items stand in many places of the text, in the order in which the reader puts them together.

use std::sync::Arc;

use crate::format::names::{Names, Routes};
use crate::format::odcs::read::{self, Promise, RuleNames};
use crate::model::RuleFamily;
use crate::source::{Node, Value};

/// The rules of an object and of its properties.
pub(super) fn rules(object: &Node, names: &Names) -> Arc<Routes> {
    names.routes(object, "rules", |object| {
        let mut found: Vec<(Vec<u32>, Option<String>, &Node)> = Vec::new();
        items(object, "quality", &mut Vec::new(), &mut |route, node| found.push((route.to_vec(), None, node)));
        let mut trail = Vec::new();
        properties(object, &mut Vec::new(), &mut trail, &mut |property, route, trail, _| {
            let field = trail.join(".");
            items(property, "quality", route, &mut |route, node| {
                found.push((route.to_vec(), Some(field.clone()), node));
            });
        });
        let mut given = RuleNames::of(found.iter().map(|(_, _, node)| *node));
        let mut routes = Routes::default();
        for (route, field, node) in found.iter().filter(|(_, _, node)| read::is_rule(node)) {
            routes.add(route, Some(given.name(node, field.as_deref())));
        }
        routes
    })
}

/// The rules of a family, in their own order.
pub(super) fn rules_of(family: RuleFamily, object: &Node, names: &Names) -> Arc<Routes> {
    let all = rules(object, names);
    names.routes(object, family.name(), |object| all.filtered(object, |rule| read::family(rule) == family))
}

/// The relationships of an object that are no plain references of fields: those of its properties, then its own.
pub(super) fn foreign_keys(object: &Node, names: &Names) -> Arc<Routes> {
    names.routes(object, "relationships", |object| {
        let mut routes = Routes::default();
        properties(object, &mut Vec::new(), &mut Vec::new(), &mut |property, route, _, is_item| {
            let mut may_be_plain = !is_item;
            items(property, "relationships", route, &mut |route, node| {
                if node.get("to").is_none() {
                    return;
                }
                if may_be_plain && read::is_plain(node) {
                    may_be_plain = false;
                } else {
                    routes.add(route, None);
                }
            });
        });
        items(object, "relationships", &mut Vec::new(), &mut |route, node| {
            if node.get("to").is_some() {
                routes.add(route, None);
            }
        });
        routes
    })
}

/// The relationship of a property that is a plain reference.
pub(super) fn plain_relationship<'a>(relationships: &'a Node, names: &Names) -> Option<&'a Node> {
    let routes = names.routes(relationships, "plain", |relationships| {
        let mut routes = Routes::default();
        let plain = relationships.items().iter().position(read::is_plain);
        if let Some(position) = plain.and_then(|position| u32::try_from(position).ok()) {
            routes.add(&[position], None);
        }
        routes
    });
    routes.at(relationships, 0)
}

/// The top-level columns that have a key.
pub(super) fn columns(object: &Node, key: &'static str, names: &Names) -> Arc<Routes> {
    of(object, "properties", key, names, |item| item.get(key).is_some())
}

/// The objects that have a name.
pub(super) fn objects(contract: &Node, names: &Names) -> Arc<Routes> {
    of(contract, "schema", "objects", names, |item| item.get("name").and_then(Node::text).is_some())
}

/// The roles that have a name.
pub(super) fn roles(contract: &Node, names: &Names) -> Arc<Routes> {
    of(contract, "roles", "roles", names, |item| item.get("role").and_then(Node::text).is_some())
}

/// The service levels that are about the age of data.
pub(super) fn freshness(contract: &Node, names: &Names) -> Arc<Routes> {
    of(contract, "slaProperties", "freshness", names, |item| {
        read::promise_of(item).is_some_and(|promise| promise == Promise::Freshness)
    })
}

/// The service level of a promise.
pub(super) fn promise<'a>(contract: &'a Node, promise: Promise, names: &Names) -> Option<&'a Node> {
    let routes = names.routes(contract, "promises", |contract| {
        let mut routes = Routes::default();
        items(contract, "slaProperties", &mut Vec::new(), &mut |route, item| {
            routes.add(route, read::promise_of(item).map(|promise| format!("{promise:?}")));
        });
        routes
    });
    routes.named(contract, &format!("{promise:?}"))
}

/// The mail address that is the contact.
pub(super) fn contact(contract: &Node, names: &Names) -> Arc<Routes> {
    of(contract, "support", "contact", names, read::is_mail)
}

/// The ways to ask, without the contact.
pub(super) fn channels(contract: &Node, names: &Names) -> Arc<Routes> {
    let mut is_known = false;
    of(contract, "support", "channels", names, move |item| {
        if !is_known && read::is_mail(item) {
            is_known = true;
            return false;
        }
        item.get("channel").and_then(Node::text).is_some()
    })
}

/// The member who is the owner.
pub(super) fn owner(contract: &Node, names: &Names) -> Arc<Routes> {
    of_team(contract, "owner", names, |item| read::member_name(item).is_some() && read::is_owner(item))
}

/// The members, without the owner.
pub(super) fn members(contract: &Node, names: &Names) -> Arc<Routes> {
    let mut owner = false;
    of_team(contract, "members", names, move |item| {
        let is_member = read::member_name(item).is_some();
        if is_member && !owner && read::is_owner(item) {
            owner = true;
            return false;
        }
        is_member
    })
}

fn of_team(contract: &Node, kind: &'static str, names: &Names, mut is: impl FnMut(&Node) -> bool) -> Arc<Routes> {
    names.routes(contract, kind, |contract| {
        let mut routes = Routes::default();
        let mut add = |route: &[u32], item: &Node| {
            if is(item) {
                routes.add(route, None);
            }
        };
        for (position, team) in under(contract, "team") {
            match team.value {
                Value::List(_) => items(contract, "team", &mut Vec::new(), &mut add),
                _ => items(team, "members", &mut vec![position], &mut add),
            }
        }
        routes
    })
}

/// The items of a list of a node that are something.
fn of(
    node: &Node,
    key: &'static str,
    kind: &'static str,
    names: &Names,
    mut is: impl FnMut(&Node) -> bool,
) -> Arc<Routes> {
    names.routes(node, kind, |node| {
        let mut routes = Routes::default();
        items(node, key, &mut Vec::new(), &mut |route, item| {
            if is(item) {
                routes.add(route, None);
            }
        });
        routes
    })
}

/// What stands under a key, with the position of the entry.
fn under<'a>(node: &'a Node, key: &str) -> impl Iterator<Item = (u32, &'a Node)> {
    let found = node.entries().iter().zip(0..).find(|(entry, _)| &*entry.key == key);
    found.map(|(entry, position)| (position, &entry.value)).into_iter()
}

/// Visits the items of the list under a key, with their routes.
fn items<'a>(node: &'a Node, key: &str, route: &mut Vec<u32>, visit: &mut dyn FnMut(&[u32], &'a Node)) {
    for (position, list) in under(node, key) {
        route.push(position);
        for (item, index) in list.items().iter().zip(0..) {
            route.push(index);
            visit(route, item);
            route.pop();
        }
        route.pop();
    }
}

type Visit<'v, 'a> = dyn FnMut(&'a Node, &mut Vec<u32>, &[&'a str], bool) + 'v;

/// Visits the properties below a node in the order of the reader, with their routes and names, and whether they are items
/// or values without a name.
fn properties<'a>(node: &'a Node, route: &mut Vec<u32>, trail: &mut Vec<&'a str>, visit: &mut Visit<'_, 'a>) {
    for (entry, position) in node.entries().iter().zip(0..) {
        route.push(position);
        match &*entry.key {
            "properties" => {
                for (item, index) in entry.value.items().iter().zip(0..) {
                    let Some(name) = item.get("name").and_then(Node::text) else { continue };
                    route.push(index);
                    trail.push(name);
                    visit(item, route, trail, false);
                    properties(item, route, trail, visit);
                    trail.pop();
                    route.pop();
                }
            }
            "items" => {
                visit(&entry.value, route, trail, true);
                properties(&entry.value, route, trail, visit);
            }
            "map" => {
                for (value, position) in entry.value.entries().iter().zip(0..).filter(|(one, _)| &*one.key == "value") {
                    route.push(position);
                    visit(&value.value, route, trail, true);
                    properties(&value.value, route, trail, visit);
                    route.pop();
                }
            }
            _ => {}
        }
        route.pop();
    }
}
