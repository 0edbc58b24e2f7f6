//! A dataset: a table, topic, file set or resource with fields.

use super::words::words;
use super::{
    Delivery, Deprecation, ExtraFields, Field, Files, ForeignKey, Grain, Literal, Path, Quality, Quantity, Rule,
    ServiceLevels, Step, Topic, WriteMode,
};

/// A table, topic, file set or API resource of a contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dataset {
    /// The name. A contract in the short form has one dataset, named as the contract.
    pub name: String,
    /// What it is called among people.
    pub title: Option<String>,
    /// What a row stands for.
    pub description: Option<String>,
    /// A name that stays whatever the dataset is called.
    pub id: Option<String>,
    /// The name in the physical store, where it differs.
    pub physical_name: Option<String>,
    /// Further names under which the same data is served, such as those of before.
    pub aliases: Vec<String>,
    /// What it is, where that is said.
    pub medium: Option<Medium>,
    /// How the files are written, where it is files.
    pub files: Option<Box<Files>>,
    /// How the messages are written, where it is a topic.
    pub topic: Option<Box<Topic>>,
    /// What one row stands for.
    pub grain: Option<Grain>,
    /// Which rows are there, of all that there could be: a SQL condition, or words.
    pub filter: Option<String>,
    /// What a new delivery does to the rows that are there; unsaid if `None`.
    pub write_mode: Option<WriteMode>,
    /// The first day of which there are rows, as `YYYY-MM-DD`.
    pub history_from: Option<String>,
    /// The fields by which rows come in order, each with ` desc` where it falls; no order is promised if empty.
    pub ordering: Vec<String>,
    /// How often a row may come; nothing is promised if `None`.
    pub delivery: Option<Delivery>,
    /// How long after its time a row may still come; as long as it likes if `None`.
    pub late_arrival: Option<Quantity>,
    /// The fields, or expressions over them, by which rows are stored apart.
    pub partitioned_by: Vec<String>,
    /// The fields by which rows are stored near each other.
    pub clustered_by: Vec<String>,
    /// What becomes of fields that the contract does not know.
    pub extra_fields: ExtraFields,
    /// The fields in order.
    pub fields: Vec<Field>,
    /// The fields of the primary key in its own order, where the contract gives one.
    pub key_order: Vec<String>,
    /// Groups of fields that are unique together, beyond the primary key.
    pub unique: Vec<Vec<String>>,
    /// References to other datasets, of several fields or with more to say than a field can.
    pub foreign_keys: Vec<ForeignKey>,
    /// Quality that is promised for this dataset alone.
    pub quality: Vec<Quality>,
    /// Rules on its rows.
    pub rules: Vec<Rule>,
    /// Service levels for this dataset alone.
    pub service_levels: ServiceLevels,
    /// Free labels.
    pub tags: Vec<String>,
    /// Names that the dataset had before.
    pub previously: Vec<String>,
    /// Names and identifiers of fields of before, which no new field may have.
    pub reserved: Vec<String>,
    /// Set where readers should stop using the dataset.
    pub deprecated: Option<Box<Deprecation>>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
}

words! {
    /// What a dataset is, and so how it is read and written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Medium {
        Table = "table", "a table of a database";
        View = "view", "a view of a database";
        MaterializedView = "materialized_view", "a view of a database whose rows are stored";
        Topic = "topic", "a stream of messages";
        Files = "files", "a set of files";
        Resource = "resource", "a resource of an API";
    }
}

impl Dataset {
    /// The top-level field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether readers tell fields apart by their places alone.
    pub fn is_positional(&self) -> bool {
        self.files.as_ref().is_some_and(|files| files.is_positional())
    }

    /// What it is; what it is written as tells where it does not say. A table by default.
    pub fn medium(&self) -> Medium {
        match self.medium {
            Some(medium) => medium,
            None if self.files.is_some() => Medium::Files,
            None if self.topic.is_some() => Medium::Topic,
            None => Medium::Table,
        }
    }

    /// The field of a dotted name: `address.city`. Items of arrays and values of maps are stepped into silently. Where no
    /// field has a name, one that is served under it as well counts.
    pub fn field_at(&self, dotted: &str) -> Option<&Field> {
        if let Some(field) = self.field(dotted) {
            return Some(field);
        }
        let mut fields = &self.fields;
        let mut found = None;
        for name in dotted.split('.') {
            let alias = |field: &&Field| field.aliases().iter().any(|alias| alias == name);
            let field = fields.iter().find(|field| field.name == name).or_else(|| fields.iter().find(alias))?;
            let inner = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
            fields = &inner.fields;
            found = Some(field);
        }
        found
    }

    /// The fields of the primary key, in the order of the key where it has one, else in that of the fields.
    pub fn primary_key(&self) -> impl Iterator<Item = &Field> {
        let mut key: Vec<&Field> = self.fields.iter().filter(|field| field.is_primary_key).collect();
        let place = |field: &&Field| self.key_order.iter().position(|name| *name == field.name);
        key.sort_by_key(|field| place(field).unwrap_or(usize::MAX));
        key.into_iter()
    }

    /// Calls `visit` with every field, nested ones included, and its path. Parents come before their children.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&Path, &'a Field)) {
        let mut path = Path::dataset(&self.name);
        for field in &self.fields {
            walk(&mut path, Step::Field(field.name.clone()), field, visit);
        }
    }
}

/// One path serves the whole walk: a clone for each field would cost more than most of what is done with it.
fn walk<'a>(path: &mut Path, step: Step, field: &'a Field, visit: &mut impl FnMut(&Path, &'a Field)) {
    path.push(step);
    visit(path, field);
    for inner in &field.fields {
        walk(path, Step::Field(inner.name.clone()), inner, visit);
    }
    if let Some(items) = &field.items {
        walk(path, Step::Items, items, visit);
    }
    if let Some(values) = &field.values {
        walk(path, Step::Values, values, visit);
    }
    path.pop();
}
