//! Who is hit by a change: subscribers by the fields that they use, and contracts that refer to what changed.

use crate::finding::change::{Affected, Change, Level, Via};
use crate::model::{Contract, Path, Registry, Step, Subscriber};

/// Whether anybody has to be told of a change.
pub fn matters(change: &Change) -> bool {
    change.levels.reader == Level::Major || change.meta.gates.contains(&"subscribers")
}

/// Fills in who is hit by changes of a contract. Subscribers are those of both sides: who is no longer listed may still
/// read. `others` has the subscriptions in files of their own and the contracts that may refer to this one.
pub fn fill(changes: &mut [Change], base: Option<&Contract>, head: Option<&Contract>, others: &[&Registry]) {
    let Some(known) = base.or(head) else { return };
    for change in changes.iter_mut().filter(|change| matters(change)) {
        let target = Target::of(&change.base.path);
        let mut affects: Vec<Affected> = Vec::new();
        for subscriber in subscribers(known, base, head, others) {
            affects.extend(hit(subscriber, known, &target, change));
        }
        for registry in others {
            for contract in registry.contracts.iter().filter(|contract| contract.name != known.name) {
                affects.extend(references(contract, known, &target));
            }
        }
        affects.sort();
        affects.dedup();
        change.affects = affects;
    }
}

fn subscribers<'a>(
    known: &'a Contract,
    base: Option<&'a Contract>,
    head: Option<&'a Contract>,
    others: &'a [&Registry],
) -> impl Iterator<Item = &'a Subscriber> {
    let own = [base, head].into_iter().flatten().flat_map(|contract| &contract.subscribers);
    let filed = others.iter().flat_map(|registry| &registry.subscriptions);
    own.chain(filed.filter(|filed| filed.contract == known.name).map(|filed| &filed.subscriber))
}

/// What a change is about.
struct Target {
    dataset: Option<String>,
    /// The field with dots; arrays and maps are stepped into silently, as in references.
    field: String,
    /// The subscriber that alone is concerned.
    subscriber: Option<String>,
}

impl Target {
    fn of(path: &Path) -> Self {
        let mut target = Self { dataset: None, field: String::new(), subscriber: None };
        if let [Step::Key(list), Step::Key(team), ..] = path.steps()
            && list == "subscribers"
        {
            target.subscriber = Some(team.to_string());
        }
        for step in path.steps() {
            match step {
                Step::Dataset(name) => target.dataset = Some(name.clone()),
                Step::Field(name) => {
                    if !target.field.is_empty() {
                        target.field.push('.');
                    }
                    target.field.push_str(name);
                }
                Step::Items | Step::Values | Step::Key(_) | Step::Index(_) => {}
            }
        }
        target
    }

    /// Whether a reference (`field` or `dataset.field`) is about the same thing, or about a part of it.
    fn meets(&self, reference: &str, contract: &Contract) -> bool {
        let Some(dataset) = &self.dataset else { return true };
        contract.datasets.iter().filter(|one| one.name == *dataset).any(|one| {
            let qualified = reference.strip_prefix(one.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
            [qualified, Some(reference)].into_iter().flatten().any(|name| {
                let known = one.field_at(name).is_some();
                known && (self.field.is_empty() || is_within(name, &self.field) || is_within(&self.field, name))
            })
        })
    }
}

/// Whether one dotted name is another one or lies below it.
fn is_within(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn hit(subscriber: &Subscriber, contract: &Contract, target: &Target, change: &Change) -> Option<Affected> {
    let via = if let Some(team) = &target.subscriber {
        (*team == subscriber.team).then_some(Via::Contract)?
    } else if target.dataset.is_none() {
        Via::Contract
    } else if subscriber.fields_used.is_empty() {
        Via::Everything
    } else {
        // A group of fields is a change of its dataset; what it names counts.
        let named = key_fields(change);
        let meets = |reference: &&String| {
            target.meets(reference, contract)
                && (named.is_empty() || named.iter().any(|name| ends_with(reference, name)))
        };
        let fields: Vec<String> = subscriber.fields_used.iter().filter(meets).cloned().collect();
        (!fields.is_empty()).then_some(Via::Fields(fields))?
    };
    Some(Affected {
        team: Some(subscriber.team.clone()),
        use_case: subscriber.use_case.clone(),
        contact: subscriber.contact_email.clone(),
        pin: subscriber.contract_version.clone(),
        via,
    })
}

/// The fields that a change of a key is about.
fn key_fields(change: &Change) -> Vec<String> {
    let is_key = ["primary-key-", "unique-"].iter().any(|prefix| change.meta.code.starts_with(prefix));
    let lists = [&change.base.value, &change.head.value].into_iter().filter(|_| is_key).flatten();
    let items =
        lists.flat_map(|value| if let crate::model::Literal::List(items) = value { items.as_slice() } else { &[] });
    items.filter_map(|item| item.text().map(str::to_owned)).collect()
}

fn ends_with(reference: &str, name: &str) -> bool {
    reference.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The references of another contract to what changed.
fn references(other: &Contract, contract: &Contract, target: &Target) -> Vec<Affected> {
    let mut affects = Vec::new();
    let mut note = |field: String| {
        affects.push(Affected {
            team: other.publisher.team.clone(),
            use_case: None,
            contact: other.publisher.contact_email.clone(),
            pin: None,
            via: Via::Reference { contract: other.name.clone(), field },
        });
    };
    let own = |reference: &str| -> Option<String> {
        let rest = reference.strip_prefix(contract.name.as_str())?;
        if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix('.').map(str::to_owned) }
    };
    for dataset in &other.datasets {
        dataset.walk(&mut |path, field| {
            let reference = field.foreign_key_reference.as_deref().and_then(own);
            if reference.is_some_and(|reference| target.dataset.is_some() && target.meets(&reference, contract)) {
                note(path.to_string());
            }
        });
        for key in &dataset.foreign_keys {
            let Some(prefix) = own(&key.references) else { continue };
            let meets = key.referenced_fields.iter().any(|field| {
                let reference = if prefix.is_empty() { field.clone() } else { format!("{prefix}.{field}") };
                target.dataset.is_some() && target.meets(&reference, contract)
            });
            if meets {
                note(format!("{}.({})", dataset.name, key.fields.join(", ")));
            }
        }
    }
    affects
}
