//! A dataset: a table, topic, file set or resource with fields.

use super::words::words;
use super::{Field, Path, Quality, Rule, ServiceLevels, Step};

/// A table, topic, file set or API resource of a contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dataset {
    /// The name. A contract in the short form has one dataset, named as the contract.
    pub name: String,
    /// What a row stands for.
    pub description: Option<String>,
    /// The name in the physical store, where it differs.
    pub physical_name: Option<String>,
    /// What it is, where that is said.
    pub medium: Option<Medium>,
    /// The fields in order.
    pub fields: Vec<Field>,
    /// Groups of fields that are unique together, beyond the primary key.
    pub unique: Vec<Vec<String>>,
    /// References of several fields to another dataset.
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
}

words! {
    /// What a dataset is, and so how it is read and written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Medium {
        Table = "table", "a table of a database";
        View = "view", "a view of a database";
        Topic = "topic", "a stream of messages";
        Files = "files", "a set of files";
        Resource = "resource", "a resource of an API";
    }
}

/// A reference of one or more fields to fields of another dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The fields of this dataset.
    pub fields: Vec<String>,
    /// The contract or `contract.dataset` referred to.
    pub references: String,
    /// The fields there, in the same order.
    pub referenced_fields: Vec<String>,
}

impl Dataset {
    /// The top-level field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field of a dotted name: `address.city`. Items of arrays and values of maps are stepped into silently.
    pub fn field_at(&self, dotted: &str) -> Option<&Field> {
        if let Some(field) = self.field(dotted) {
            return Some(field);
        }
        let mut fields = &self.fields;
        let mut found = None;
        for name in dotted.split('.') {
            let field = fields.iter().find(|field| field.name == name)?;
            let inner = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
            fields = &inner.fields;
            found = Some(field);
        }
        found
    }

    /// The fields of the primary key, in order.
    pub fn primary_key(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_primary_key)
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
