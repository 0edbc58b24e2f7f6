//! Where the live data is.

use super::Writer;
use super::entries::Entries;
use super::order::SERVER;
use super::place::Place;
use crate::format::odcs::keys::ServerType;
use crate::format::odcs::read::FILES;
use crate::format::odcs::version::Version::V3_2_0;
use crate::model::{Literal, Source};

impl Writer<'_> {
    pub(super) fn servers(&mut self) -> Vec<Literal> {
        let sources = &self.contract.sources;
        sources.iter().enumerate().map(|(index, source)| self.server(index, source)).collect()
    }

    fn server(&mut self, index: usize, source: &Source) -> Literal {
        let (wanted, settings) = in_words(source);
        let has = |key: &str| settings.iter().any(|(name, value)| *name == key && self.is_legal(key, value));
        let place = Place::Server(index);
        let has_all = |server: &&ServerType| server.required(self.version).all(has);
        let server = ServerType::named(wanted, self.version).filter(has_all);
        let server = server.or_else(|| ServerType::named("custom", self.version));
        let mut entries = Entries::default();
        entries.text("server", Some(&source.environment));
        entries.text("type", server.map(|server| server.name));
        let mut custom = Vec::new();
        for (key, value) in &settings {
            match (*key, value) {
                (key, _) if self.is_denied(&place, key) => {}
                ("customProperties", Literal::List(items)) => custom.clone_from(items),
                ("id", Literal::Text(id)) if self.is_stable_id(id) => entries.put("id", (*value).clone()),
                ("roles", Literal::List(_)) => entries.put("roles", (*value).clone()),
                ("description" | "environment", Literal::Text(_)) => entries.put(key, (*value).clone()),
                _ if server.is_some_and(|server| server.has(key, self.version)) && self.is_legal(key, value) => {
                    entries.put(key, (*value).clone());
                }
                _ => {}
            }
        }
        self.custom(&mut entries, custom, place);
        entries.in_order(SERVER)
    }

    /// Whether a setting can have a value: texts, and a number for a port.
    fn is_legal(&self, key: &str, value: &Literal) -> bool {
        match value {
            Literal::Text(_) => key != "port" || self.version >= V3_2_0,
            Literal::Int(_) => key == "port",
            _ => false,
        }
    }
}

/// The type and the settings of a source in the standard's words.
fn in_words(source: &Source) -> (&str, Vec<(&str, Literal)>) {
    let mut settings: Vec<(&str, Literal)> =
        source.settings.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    let is_file = FILES.contains(&source.kind.as_str()) && !settings.iter().any(|(key, _)| *key == "format");
    let kind = match source.kind.as_str() {
        "http" => {
            for (key, _) in settings.iter_mut().filter(|(key, _)| *key == "url") {
                *key = "location";
            }
            "api"
        }
        _ if is_file => {
            settings.push(("format", Literal::Text(source.kind.clone())));
            "local"
        }
        kind => kind,
    };
    (kind, settings)
}
