//! Who uses which field of a contract: looked up once for all changes, since asking every user about every change costs
//! the product of both.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Sides, Target};
use crate::finding::change::{Affected, Via};
use crate::model::{Contract, Field, Subscriber};

/// What is asked about a change.
pub(super) struct Asked<'a> {
    /// Of what is used by name, only what ends in one of these counts, if there are any.
    pub(super) named: Vec<String>,
    /// Through what the subscriber is hit that the change is about alone.
    pub(super) own: Via,
    /// Whether a change of the contract as a whole concerns a subscriber.
    pub(super) concerns: &'a dyn Fn(&Subscriber) -> bool,
}

/// All users of a contract.
pub(super) struct Uses<'a> {
    subscribers: Vec<Sides<'a>>,
    by_team: HashMap<&'a str, Vec<usize>>,
    /// Those who use everything.
    wide: Vec<usize>,
    /// Fields of other contracts that refer to this one.
    referring: Vec<Affected>,
    /// What is used, by dataset.
    datasets: HashMap<&'a str, Used>,
}

/// Whoever uses a field, and the name by which.
type User = (Who, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Subscriber(usize),
    Reference(usize),
}

/// What is used of one dataset.
#[derive(Default)]
struct Used {
    paths: HashSet<String>,
    /// What else fields are called, and their own names.
    aliases: HashMap<String, String>,
    users: Vec<User>,
    /// Users by the very field that they use.
    exact: HashMap<String, Vec<usize>>,
    /// Users by the field, and by each object that it is in; all of the dataset have the empty name.
    within: HashMap<String, Vec<usize>>,
}

impl<'a> Uses<'a> {
    pub(super) fn of(known: &'a Contract, subscribers: Vec<Sides<'a>>, referring: &[&'a Contract]) -> Self {
        let mut uses = Self {
            subscribers,
            by_team: HashMap::new(),
            wide: Vec::new(),
            referring: Vec::new(),
            datasets: HashMap::new(),
        };
        if uses.subscribers.is_empty() && referring.is_empty() {
            return uses;
        }
        for dataset in &known.datasets {
            uses.datasets.entry(&dataset.name).or_default().know("", &dataset.fields);
        }
        for index in 0..uses.subscribers.len() {
            let Some((base, head)) = uses.subscribers.get(index).copied() else { continue };
            let sides = || [base, head].into_iter().flatten();
            for team in sides().map(|side| side.team.as_str()).collect::<BTreeSet<_>>() {
                uses.by_team.entry(team).or_default().push(index);
            }
            if sides().any(|side| side.fields_used.is_empty()) {
                uses.wide.push(index);
                continue;
            }
            for reference in sides().flat_map(|side| &side.fields_used) {
                uses.add(Who::Subscriber(index), reference);
            }
        }
        for contract in referring.iter().filter(|contract| contract.name != known.name) {
            uses.add_references(contract, known);
        }
        uses
    }

    /// The references of another contract.
    fn add_references(&mut self, other: &'a Contract, known: &Contract) {
        let own = |reference: &'a str| -> Option<&'a str> {
            let rest = known.names().find_map(|name| {
                reference.strip_prefix(name).filter(|rest| rest.is_empty() || rest.starts_with('.'))
            })?;
            if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
        };
        let note = |uses: &mut Self, field: String| {
            uses.referring.push(Affected {
                team: other.publisher.team.clone(),
                use_case: None,
                contact: other.publisher.contact_email.clone(),
                pin: None,
                via: Via::Reference { contract: other.name.clone(), field },
            });
            Who::Reference(uses.referring.len() - 1)
        };
        for dataset in &other.datasets {
            dataset.walk(&mut |path, field| {
                if let Some(reference) = field.foreign_key_reference.as_deref().and_then(own) {
                    let who = note(self, path.to_string());
                    self.add(who, reference);
                }
            });
            for key in &dataset.foreign_keys {
                let Some(prefix) = own(&key.references) else { continue };
                let who = note(self, format!("{}.({})", dataset.name, key.fields.join(", ")));
                for field in &key.referenced_fields {
                    if prefix.is_empty() {
                        self.add(who, field);
                    } else {
                        self.add(who, &format!("{prefix}.{field}"));
                    }
                }
            }
        }
    }

    /// Adds a reference (`field` or `dataset.field`) to whatever it may be about.
    fn add(&mut self, who: Who, reference: &str) {
        for (name, used) in &mut self.datasets {
            used.add(who, reference, reference);
            if let Some(field) = reference.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) {
                used.add(who, field, reference);
            }
        }
    }

    /// Those who are hit by a change of something, `most` of those subscribers who use everything, and how many more of
    /// these there are.
    pub(super) fn hit(&self, target: &Target, asked: &Asked<'_>, most: usize) -> (Vec<Affected>, usize) {
        let many = |list: &mut dyn Iterator<Item = usize>, count: usize, via: &Via| {
            let affected = list.take(most).filter_map(|index| self.subscriber(index, via.clone())).collect();
            (affected, count.saturating_sub(most))
        };
        if let Some(team) = &target.subscriber {
            let list = self.by_team.get(team.as_str()).map_or(&[][..], Vec::as_slice);
            return many(&mut list.iter().copied(), list.len(), &asked.own);
        }
        let Some(dataset) = &target.dataset else {
            let is_hit = |(base, head): &Sides<'_>| [base, head].into_iter().flatten().any(|one| (asked.concerns)(one));
            let hit: Vec<usize> = self
                .subscribers
                .iter()
                .enumerate()
                .filter(|(_, sides)| is_hit(sides))
                .map(|(index, _)| index)
                .collect();
            let (mut affected, mut more) = many(&mut hit.iter().copied(), hit.len(), &Via::Contract);
            if target.ends {
                affected.extend(self.referring.iter().take(most).cloned());
                more += self.referring.len().saturating_sub(most);
            }
            return (affected, more);
        };
        let (mut affected, mut more) = many(&mut self.wide.iter().copied(), self.wide.len(), &Via::Everything);
        let mut fields: BTreeMap<Who, Vec<String>> = BTreeMap::new();
        if let Some(used) = self.datasets.get(dataset.as_str()) {
            for (who, reference) in used.of(&target.field) {
                let is_named =
                    || asked.named.is_empty() || asked.named.iter().any(|name| super::ends_with(reference, name));
                if matches!(who, Who::Reference(_)) || is_named() {
                    fields.entry(*who).or_default().push(reference.clone());
                }
            }
        }
        more += fields.len().saturating_sub(most);
        for (who, mut names) in fields.into_iter().take(most) {
            names.sort();
            names.dedup();
            affected.extend(match who {
                Who::Subscriber(index) => self.subscriber(index, Via::Fields(names)),
                Who::Reference(index) => self.referring.get(index).cloned(),
            });
        }
        (affected, more)
    }

    fn subscriber(&self, index: usize, via: Via) -> Option<Affected> {
        let (base, head) = self.subscribers.get(index)?;
        let subscriber = head.or(*base)?;
        Some(Affected {
            team: Some(subscriber.team.clone()),
            use_case: subscriber.use_case.clone(),
            contact: subscriber.contact_email.clone(),
            pin: subscriber.contract_version.clone(),
            via,
        })
    }
}

impl Used {
    /// Learns the names of fields. Items of arrays and values of maps are stepped into silently, as in references.
    fn know(&mut self, parent: &str, fields: &[Field]) {
        for field in fields {
            let path = below(parent, &field.name);
            for alias in field.aliases() {
                self.aliases.entry(below(parent, alias)).or_insert_with(|| path.clone());
            }
            let inner = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
            self.know(&path, &inner.fields);
            self.paths.insert(path);
        }
    }

    /// The name that the contract itself has for a field.
    fn own_name(&self, dotted: &str) -> Option<String> {
        if self.paths.contains(dotted) {
            return Some(dotted.to_owned());
        }
        let mut found = String::new();
        for name in dotted.split('.') {
            let next = below(&found, name);
            found = if self.paths.contains(&next) { next } else { self.aliases.get(&next)?.clone() };
        }
        Some(found)
    }

    fn add(&mut self, who: Who, name: &str, reference: &str) {
        let Some(own) = self.own_name(name) else { return };
        let user = self.users.len();
        self.users.push((who, reference.to_owned()));
        let names: BTreeSet<&str> = [name, own.as_str()].into();
        let prefixes = names.iter().flat_map(|name| {
            let objects = name.match_indices('.').filter_map(|(end, _)| name.get(..end));
            objects.chain([*name, ""])
        });
        for prefix in prefixes.collect::<BTreeSet<_>>() {
            self.within.entry(prefix.to_owned()).or_default().push(user);
        }
        for name in names {
            self.exact.entry(name.to_owned()).or_default().push(user);
        }
    }

    /// The users of a field, of parts of it, and of objects that it is in.
    fn of(&self, field: &str) -> impl Iterator<Item = &User> {
        let objects = field.match_indices('.').filter_map(|(end, _)| field.get(..end));
        let around = objects.filter_map(|object| self.exact.get(object));
        let found = self.within.get(field).into_iter().chain(around).flatten();
        found.filter_map(|user| self.users.get(*user))
    }
}

fn below(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::super::{MOST_AFFECTED, Users, fill};
    use crate::diff::tests::{TODAY, contract_of};

    fn affected(text: impl Fn(&str) -> String) -> Vec<Vec<String>> {
        let (base, head) = (contract_of(&text("string"), 0), contract_of(&text("date"), 1));
        let mut changes = crate::diff::contract(base.as_ref(), head.as_ref(), TODAY);
        fill(&mut changes, base.as_ref(), head.as_ref(), &Users::default());
        let shown =
            |one: &crate::finding::change::Affected| format!("{} {}", one.team.as_deref().unwrap_or("?"), one.via);
        changes.iter().map(|change| change.affects.iter().map(shown).collect()).collect()
    }

    #[test]
    fn objects_parts_and_further_names_are_found() {
        let found = affected(|data_type| {
            format!(
                "name: a\nversion: 1.0.0\nschema:\n  - name: o\n    aliases: p\n    data_type: array\n    items:\n      \
                 data_type: object\n      fields: [{{name: x, data_type: {data_type}, aliases: y}}, {{name: z, data_type: date}}]\n\
                 subscribers:\n{}",
                ["o", "o.x", "a.o.x", "p.y", "o.z", "x"]
                    .map(|used| format!("  - {{team: t, use_case: {used}, fields_used: [{used}]}}\n"))
                    .concat()
            )
        });
        assert_eq!(found, [["t a.o.x", "t o", "t o.x", "t p.y"]]);
    }

    #[test]
    fn who_names_a_contract_as_it_was_called_is_told_of_its_new_name() {
        let named = |name: &str, number: u32| {
            let text = format!(
                "apiVersion: v3.1.0\nkind: DataContract\nid: c-1\nname: {name}\nversion: 1.0.0\nstatus: active\nschema:\n  \
                 - {{name: orders, properties: [{{name: id, logicalType: string}}]}}\n"
            );
            contract_of(&text, number)
        };
        let subscription = |contract: &str| {
            let text = format!("kind: subscription\nname: of-{contract}\ncontract: {contract}\nteam: of-{contract}\n");
            let document =
                crate::format::read(crate::model::SourceId(2), crate::source::SourceFile::new("s.yaml", &*text));
            match document.content {
                Some(crate::format::Content::Subscription(subscription)) => subscription,
                other => panic!("{text} {other:?} {:?}", document.problems),
            }
        };
        let (base, head) = (named("orders", 0), named("shop", 1));
        let all = ["orders", "shop", "c-1"].map(subscription);
        let users = Users::of(all.iter().map(AsRef::as_ref), all.iter().map(AsRef::as_ref), []);
        let mut changes = crate::diff::contract(base.as_ref(), head.as_ref(), TODAY);
        fill(&mut changes, base.as_ref(), head.as_ref(), &users);
        let [change] = changes.as_slice() else { panic!("{changes:?}") };
        let teams: Vec<_> = change.affects.iter().filter_map(|one| one.team.as_deref()).collect();
        assert_eq!((change.meta.code, teams.as_slice()), ("contract-name-changed", &["of-orders"][..]));
        let help = "who subscribes to `orders` has to name `shop`, or its id `c-1`: nothing is called `orders` now";
        assert_eq!(change.help.as_deref(), Some(help));
    }

    #[test]
    fn who_accepts_a_removal_accepts_what_follows_from_it() {
        let text = |fields: &str| {
            let contract = format!("name: a\nversion: 1.0.0\nstatus: active\nschema: [{fields}]\n");
            contract + "subscribers: [{team: bi, fields_used: [x]}, {team: ops, fields_used: [x, y]}]\n"
        };
        let field = |name: &str| format!("{{name: {name}, data_type: string}}");
        let (base, head) = (text(&["x", "y", "z"].map(field).join(", ")), text(&["z"].map(field).join(", ")));
        let (base, head) = (contract_of(&base, 0), contract_of(&head, 1));
        let standing = |accepted: &[&str]| {
            let mut changes = crate::diff::contract(base.as_ref(), head.as_ref(), TODAY);
            for change in changes.iter_mut().filter(|change| accepted.contains(&change.element().as_str())) {
                let reason = "agreed".to_owned();
                change.accepted = Some(crate::finding::change::Accepted { reason, until: TODAY, approved_by: None });
            }
            fill(&mut changes, base.as_ref(), head.as_ref(), &Users::default());
            let left = changes.iter().filter(|change| change.stands());
            left.map(crate::finding::change::Change::element).collect::<Vec<_>>()
        };
        assert_eq!(standing(&["a.x", "a.y"]), [""; 0]);
        assert_eq!(standing(&["a.x"]), ["a.y", "subscribers.ops"]);
        assert_eq!(standing(&[]), ["a.x", "a.y", "subscribers.bi", "subscribers.ops"]);
    }

    #[test]
    fn thousands_of_changes_do_not_name_thousands_of_users_each() {
        let list = |line: &dyn Fn(usize) -> String| (0..1000).map(line).collect::<String>();
        let found = affected(|data_type| {
            let fields = list(&|number| format!("  - {{name: f{number}, data_type: {data_type}}}\n"));
            let teams = list(&|number| format!("  - {{team: t{number}}}\n"));
            format!("name: a\nversion: 1.0.0\nschema:\n{fields}subscribers:\n{teams}")
        });
        assert_eq!(found.len(), 1000);
        assert!(found.iter().map(Vec::len).sum::<usize>() <= MOST_AFFECTED + found.len());
        assert!(found.iter().all(|users| users.iter().any(|user| user.contains("800 more of its users"))));
    }
}
