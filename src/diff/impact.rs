//! Who is hit by a change: subscribers by the fields that they use, and contracts that refer to what changed.

mod uses;

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::civil::Date;

use super::catalog as code;
use super::rules::pair_subscribers;
use crate::finding::change::{Accepted, Affected, Change, Level, Levels, Via};
use crate::model::{Contract, Literal, Path, Step, Subscriber, Subscription};
use crate::source::words::quoted;
use uses::Uses;

/// Whether anybody has to be told of a change.
pub fn matters(change: &Change) -> bool {
    change.levels.reader == Level::Major || change.meta.gates.contains(&"subscribers") || is_new_name(change)
}

/// Whether a contract that keeps its id has another name.
fn is_new_name(change: &Change) -> bool {
    change.meta == &code::CONTRACT_NAME_CHANGED && change.head.place == Path::of("name")
}

/// So many contracts that are made of another one are named; `pact impact` names all.
pub const MOST_MADE_OF: usize = 50;

/// All changes of a contract together name so many users, since each of thousands of changes may hit thousands.
const MOST_AFFECTED: usize = 200_000;
/// Every change names so many of each kind, if there are as many.
const LEAST_AFFECTED: usize = 50;

/// Whether what is made of the contract is hit: a break for readers that is not about one of them alone.
pub fn is_upstream(change: &Change) -> bool {
    change.levels.reader == Level::Major && change.meta.section != 'N'
}

/// Everything that may use contracts, by the names of these.
#[derive(Debug, Default)]
pub struct Users<'a> {
    before: HashMap<&'a str, Vec<&'a Subscription>>,
    after: HashMap<&'a str, Vec<&'a Subscription>>,
    referring: HashMap<&'a str, Vec<&'a Contract>>,
    /// Contracts by the names of those that they are made of.
    made_of: HashMap<&'a str, Vec<&'a Contract>>,
    /// The day as of which a subscription is over or not; `None` counts all.
    today: Option<Date>,
}

impl<'a> Users<'a> {
    /// Subscriptions in files of their own, before and after, and the contracts that may refer to others.
    pub fn of(
        before: impl IntoIterator<Item = &'a Subscription>,
        after: impl IntoIterator<Item = &'a Subscription>,
        contracts: impl IntoIterator<Item = &'a Contract>,
    ) -> Self {
        let mut users = Self::default();
        for (list, subscriptions) in [
            (&mut users.before, before.into_iter().collect::<Vec<_>>()),
            (&mut users.after, after.into_iter().collect::<Vec<_>>()),
        ] {
            for subscription in subscriptions {
                list.entry(subscription.contract.as_str()).or_default().push(subscription);
            }
        }
        for contract in contracts {
            for name in mentioned(contract) {
                users.referring.entry(name).or_default().push(contract);
            }
            let lineage = &contract.lineage;
            for name in lineage.derived_from.iter().chain(&lineage.depends_on) {
                users.made_of.entry(name).or_default().push(contract);
            }
        }
        users
    }

    /// The same users without subscriptions that are over on a day.
    #[must_use]
    pub fn as_of(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The contracts that are made of a contract, directly or through others, each with the way from there: the nearest
    /// [`MOST_MADE_OF`], so that chains without end cost no more.
    pub fn made_of(&self, origin: &Contract) -> Vec<(&'a Contract, Vec<String>)> {
        let mut seen = HashSet::from([origin.name.clone()]);
        let mut found: Vec<(&'a Contract, Vec<String>)> = Vec::new();
        let names = |contract: &Contract| contract.names().map(str::to_owned).collect::<Vec<_>>();
        let mut ways = VecDeque::from([(names(origin), vec![origin.name.clone()])]);
        while let Some((last, way)) = ways.pop_front().filter(|_| found.len() < MOST_MADE_OF) {
            for contract in last.iter().filter_map(|name| self.made_of.get(name.as_str())).flatten() {
                if found.len() < MOST_MADE_OF && seen.insert(contract.name.clone()) {
                    let way: Vec<String> = way.iter().cloned().chain([contract.name.clone()]).collect();
                    found.push((contract, way.clone()));
                    ways.push_back((names(contract), way));
                }
            }
        }
        found
    }

    /// Who pins which versions of a contract: the team and its requirement, each once.
    pub fn pins(&self, base: &'a Contract, head: &'a Contract) -> Vec<(String, String)> {
        let all = self.subscribers(Some(base), Some(head));
        let pin = |(base, head): Sides<'a>| {
            let subscriber = head.or(base)?;
            Some((subscriber.team.clone(), subscriber.contract_version.clone()?))
        };
        let mut pins: Vec<(String, String)> = all.into_iter().filter_map(pin).collect();
        pins.sort();
        pins.dedup();
        pins
    }

    /// The subscribers of a contract before and after, those that are the same together. Who is no longer listed may still
    /// read.
    fn subscribers(&self, base: Option<&'a Contract>, head: Option<&'a Contract>) -> Vec<Sides<'a>> {
        let listed = |side: Option<&'a Contract>| side.map_or(&[][..], |contract| contract.subscribers.as_slice());
        let mut sides: Vec<Sides<'a>> = pair_subscribers(listed(base), listed(head));
        // By all that the contract was called: who subscribed to it under its old name reads it still.
        let names = names_of(base, head);
        let filed = |list: &HashMap<&str, Vec<&'a Subscription>>| -> Vec<&'a Subscription> {
            names.iter().filter_map(|name| list.get(name)).flatten().copied().collect()
        };
        let (before, after) = (filed(&self.before), filed(&self.after));
        let known: HashSet<&str> = before.iter().map(|old| old.name.as_str()).collect();
        let by_name: HashMap<&str, &Subscription> = after.iter().rev().map(|new| (new.name.as_str(), *new)).collect();
        for old in &before {
            let new = by_name.get(old.name.as_str());
            sides.push((Some(&old.subscriber), new.map(|new| &new.subscriber)));
        }
        let is_new = |new: &&&Subscription| !known.contains(new.name.as_str());
        sides.extend(after.iter().filter(is_new).map(|new| (None, Some(&new.subscriber))));
        let is_live = |(base, head): &Sides<'a>| {
            head.or(*base).is_some_and(|one| self.today.is_none_or(|today| one.is_live(today)))
        };
        sides.retain(is_live);
        sides
    }
}

/// All that a contract is called, before and after, each name once.
fn names_of<'a>(base: Option<&'a Contract>, head: Option<&'a Contract>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in [base, head].into_iter().flatten().flat_map(Contract::names) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A subscriber before and after.
type Sides<'a> = (Option<&'a Subscriber>, Option<&'a Subscriber>);

/// The names of contracts that a contract may refer to. The name may have dots, and what follows it as well: every beginning
/// of a reference is taken for one.
fn mentioned(contract: &Contract) -> HashSet<&str> {
    let mut names = HashSet::new();
    for dataset in &contract.datasets {
        let mut references: Vec<&str> = dataset.foreign_keys.iter().map(|key| key.references.as_str()).collect();
        dataset.walk(&mut |_, field| references.extend(field.foreign_key_reference.as_deref()));
        for reference in references {
            names.extend(reference.match_indices('.').map(|(end, _)| &reference[..end]));
            names.insert(reference);
        }
    }
    names
}

/// Who names a contract as it was called before, in files of their own, and is lost with that.
fn by_old_name<'a>(base: &'a Contract, head: &'a Contract, users: &Users<'a>) -> Vec<Affected> {
    let filed = users.after.get(base.name.as_str()).filter(|_| !head.is_called(&base.name));
    let live = |one: &&Subscriber| users.today.is_none_or(|today| one.is_live(today));
    let hit = |one: &Subscriber| Affected {
        team: Some(one.team.clone()),
        use_case: one.use_case.clone(),
        contact: one.contact_email.clone(),
        pin: one.contract_version.clone(),
        via: Via::Contract,
    };
    filed.into_iter().flatten().map(|one| &one.subscriber).filter(live).take(MOST_AFFECTED).map(hit).collect()
}

/// Fills in who is hit by changes of a contract.
pub fn fill<'a>(changes: &mut [Change], base: Option<&'a Contract>, head: Option<&'a Contract>, users: &Users<'a>) {
    let Some(known) = base.or(head) else { return };
    let subscribers = users.subscribers(base, head);
    let mut referring: Vec<&Contract> = Vec::new();
    let mut seen = HashSet::new();
    for contract in known.names().filter_map(|name| users.referring.get(name)).flatten() {
        if seen.insert(std::ptr::from_ref(*contract)) {
            referring.push(contract);
        }
    }
    let dependents = users.made_of(known);
    let by_field = Uses::of(known, subscribers, &referring);
    let most = (MOST_AFFECTED / changes.len().max(1)).max(LEAST_AFFECTED);
    for change in changes.iter_mut().filter(|change| matters(change)) {
        let mut affects: Vec<Affected> = Vec::new();
        if let (true, Some(base), Some(head)) = (is_new_name(change), base, head) {
            affects = by_old_name(base, head, users);
            affects.sort();
            affects.dedup();
            let id = head.id.as_ref().map(|id| format!(", or its id {}", quoted(id))).unwrap_or_default();
            let (old, new) = (quoted(&base.name), quoted(&head.name));
            change.help = (!affects.is_empty())
                .then(|| format!("who subscribes to {old} has to name {new}{id}: nothing is called {old} now"));
            change.affects = affects;
            continue;
        }
        let asked =
            uses::Asked { named: key_fields(change), own: own(change), concerns: &|one| may_be_forbidden(one, change) };
        for target in Target::all(change) {
            let (hit, more) = by_field.hit(&target, &asked, most);
            affects.extend(hit);
            if more > 0 {
                let path = vec![known.name.clone(), format!("{more} more of its users, too many to name")];
                let via = Via::Lineage { path };
                affects.push(Affected { team: None, use_case: None, contact: None, pin: None, via });
            }
        }
        if is_upstream(change) {
            affects.extend(dependents.iter().flat_map(|(contract, path)| behind(contract, path, users)));
            if dependents.len() == MOST_MADE_OF {
                let path = vec![known.name.clone(), "perhaps more (`pact impact` names all)".to_owned()];
                let via = Via::Lineage { path };
                affects.push(Affected { team: None, use_case: None, contact: None, pin: None, via });
            }
        }
        affects.sort();
        affects.dedup();
        change.affects = affects;
    }
    told_once(changes);
}

/// What leaves a subscriber behind has a cause, which has a level and says whom it hits: the level is not counted twice.
/// The subscriber still holds the change back until it agrees.
fn told_once(changes: &mut [Change]) {
    let outdated = |change: &Change| change.meta == &code::SUBSCRIBER_PIN_OUTDATED;
    let unknown = |change: &Change| change.meta == &code::SUBSCRIBER_FIELD_UNKNOWN;
    let causes: Vec<Affected> =
        changes.iter().filter(|change| is_upstream(change)).flat_map(|change| change.affects.clone()).collect();
    let agreed = agreed(changes, unknown);
    let is_caused = changes.iter().any(|change| change.meta.section != 'N');
    for change in changes {
        let Some(team) = Target::of(&change.head.path).subscriber else { continue };
        let is_hit = || causes.iter().any(|one| one.team.as_deref() == Some(team.as_str()));
        if unknown(change) && change.accepted.is_none() {
            change.accepted = missing(change).and_then(|fields| agreed.of(&team, &fields));
        }
        if outdated(change) && is_caused || unknown(change) && is_hit() {
            change.levels = Levels { reader: Level::None, writer: Level::None };
            change.affects.clear();
        }
    }
}

/// The fields that a subscriber names and that are not there.
fn missing(change: &Change) -> Option<Vec<String>> {
    let Some(Literal::List(names)) = &change.base.value else { return None };
    Some(names.iter().filter_map(|name| name.text().map(str::to_owned)).collect())
}

/// What was accepted that takes fields from subscribers: the team and the field of each.
struct Agreed(HashMap<(String, String), Option<Accepted>>);

impl Agreed {
    /// The acceptance of all that took these fields from a team, if all of it was accepted.
    fn of(&self, team: &str, fields: &[String]) -> Option<Accepted> {
        let of = |field: &String| self.0.get(&(team.to_owned(), field.clone()))?.clone();
        let all: Option<Vec<Accepted>> = fields.iter().map(of).collect();
        // It holds no longer than the first of them.
        all?.into_iter().min_by_key(|accepted| accepted.until)
    }
}

/// Whoever accepts a change accepts what only follows from it: what is accepted of it.
fn agreed(changes: &[Change], unknown: impl Fn(&Change) -> bool) -> Agreed {
    let mut agreed: HashMap<(String, String), Option<Accepted>> = HashMap::new();
    if !changes.iter().any(unknown) || !changes.iter().any(|change| change.accepted.is_some()) {
        return Agreed(agreed);
    }
    for change in changes.iter().filter(|change| is_upstream(change)) {
        for (team, fields) in change.affects.iter().filter_map(|one| match &one.via {
            Via::Fields(fields) => Some((one.team.as_ref()?, fields)),
            _ => None,
        }) {
            for field in fields {
                let known = agreed.entry((team.clone(), field.clone())).or_insert_with(|| change.accepted.clone());
                // One cause that stands is enough.
                if change.accepted.is_none() {
                    *known = None;
                }
            }
        }
    }
    Agreed(agreed)
}

/// Who is hit through a contract that is made of the changed one: who answers for it, and who reads it. What a reader pins is
/// a version of that contract.
fn behind<'a>(contract: &'a Contract, path: &[String], users: &Users<'a>) -> Vec<Affected> {
    let hit = |team: Option<&String>, use_case: Option<&String>, contact: Option<&String>| Affected {
        team: team.cloned(),
        use_case: use_case.cloned(),
        contact: contact.cloned(),
        pin: None,
        via: Via::Lineage { path: path.to_vec() },
    };
    let publisher = hit(contract.publisher.team.as_ref(), None, contract.publisher.contact_email.as_ref());
    let readers = users.subscribers(None, Some(contract));
    let readers = readers.into_iter().filter_map(|(base, head)| head.or(base));
    let readers = readers.map(|one| hit(Some(&one.team), one.use_case.as_ref(), one.contact_email.as_ref()));
    std::iter::once(publisher).chain(readers).collect()
}

/// What a change is about.
struct Target {
    dataset: Option<String>,
    /// The field with dots; arrays and maps are stepped into silently, as in references.
    field: String,
    /// The subscriber that alone is concerned.
    subscriber: Option<String>,
    /// Whether all of the contract ends, or goes by another name: no reference holds any more.
    ends: bool,
}

impl Target {
    /// What a change is about: one element, or each of the datasets that became one.
    fn all(change: &Change) -> Vec<Self> {
        match &change.base.value {
            Some(Literal::List(names)) if change.meta.code == "dataset-merged" => {
                names.iter().filter_map(Literal::text).map(|name| Self::of(&Path::dataset(name))).collect()
            }
            _ => vec![Self { ends: ends(change), ..Self::of(&change.base.path) }],
        }
    }

    fn of(path: &Path) -> Self {
        let mut target = Self { dataset: None, field: String::new(), subscriber: None, ends: false };
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
}

/// Whether a contract is gone, retired, or called otherwise.
fn ends(change: &Change) -> bool {
    let code = change.meta.code;
    matches!(code, "contract-removed" | "contract-id-changed") || code.starts_with("status-retired-")
}

/// Through what the subscriber is hit that a change is about alone.
fn own(change: &Change) -> Via {
    match &change.base.value {
        Some(Literal::List(names)) if change.meta == &code::SUBSCRIBER_FIELD_UNKNOWN => {
            Via::Fields(names.iter().filter_map(|name| name.text().map(str::to_owned)).collect())
        }
        _ => Via::Contract,
    }
}

/// Whether a change of what the data may be used for can forbid what a subscriber does. Who does not say what that is may
/// be hit by all of them; other changes hit everybody.
fn may_be_forbidden(subscriber: &Subscriber, change: &Change) -> bool {
    let is_purpose = |word: &Literal| word.text().is_some_and(|word| subscriber.purpose.as_deref() == Some(word));
    let named = |side: &Option<Literal>| matches!(side, Some(Literal::List(words)) if words.iter().any(is_purpose));
    let forbidden = match change.meta.code {
        "allowed-use-removed" => named(&change.base.value),
        "prohibited-use-added" => named(&change.head.value),
        // The first list of allowed uses.
        "terms-tightened" if change.head.path == Path::of("access").key("allowed_uses") => !named(&change.head.value),
        _ => return true,
    };
    forbidden || subscriber.purpose.is_none()
}

/// The fields that a change of a key is about, or one of several fields at once.
fn key_fields(change: &Change) -> Vec<String> {
    let is_key = ["primary-key-", "unique-", "type-struct-wrapped", "fields-merged"]
        .iter()
        .any(|prefix| change.meta.code.starts_with(prefix));
    let lists = [&change.base.value, &change.head.value].into_iter().filter(|_| is_key).flatten();
    let items = lists.flat_map(|value| if let Literal::List(items) = value { items.as_slice() } else { &[] });
    items.filter_map(|item| item.text().map(str::to_owned)).collect()
}

fn ends_with(reference: &str, name: &str) -> bool {
    reference.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
