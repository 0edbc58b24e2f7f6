//! What the standard has words for and the native format has none: it stands in `metadata.odcs` of its element.

use super::entries::leftovers;
use super::notes::{Message, Telling, rule_path};
use crate::format::Note;
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

/// Where it stands.
const METADATA: &str = "`metadata.odcs`";

/// What of a contract stands in `metadata.odcs` when it is written in the native format.
pub(in crate::format) fn left(contract: &Contract) -> Vec<Note> {
    let mut left = Left::default();
    left.tell("contract", &contract.name, &Path::root(), &contract.metadata);
    for (index, role) in contract.access.iter().flat_map(|access| &access.roles).enumerate() {
        left.tell("role", &role.name, &Path::of("access").key("roles").index(index), &role.metadata);
    }
    for (index, channel) in contract.publisher.channels.iter().enumerate() {
        left.tell("channel", &channel.channel, &Path::of("publisher").key("channels").index(index), &channel.metadata);
    }
    for dataset in &contract.datasets {
        let path = Path::dataset(&dataset.name);
        left.tell("dataset", &dataset.name, &path, &dataset.metadata);
        dataset.walk(&mut |at, field| left.tell("field", &at.to_string(), at, &field.metadata));
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let path = path.clone().key("foreign_keys").index(index);
            left.tell("reference", &key.fields.join(", "), &path, &key.metadata);
        }
        for rule in &dataset.rules {
            left.tell_lazily("rule", &rule.name, || rule_path(contract, dataset, rule), &rule.metadata);
        }
    }
    for rule in &contract.rules {
        let path = || contract.datasets.first().map_or_else(Path::root, |any| rule_path(contract, any, rule));
        left.tell_lazily("rule", &rule.name, path, &rule.metadata);
    }
    left.0.together().notes()
}

#[derive(Default)]
struct Left(Telling);

impl Left {
    fn tell(&mut self, kind: &'static str, name: &str, path: &Path, metadata: &[(String, Literal)]) {
        self.tell_lazily(kind, name, || path.clone(), metadata);
    }

    fn tell_lazily(&mut self, kind: &'static str, name: &str, path: impl Fn() -> Path, metadata: &[(String, Literal)]) {
        let Some(Literal::Map(entries)) = leftovers(metadata) else { return };
        for (key, _) in entries {
            self.0.tell(kind, quoted(name), &path, Message::Kept(quoted(key), false, METADATA));
        }
    }
}
