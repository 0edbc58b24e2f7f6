//! What names in an expression mean: the fields of datasets, as SQL finds them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::ast::Name;
use crate::model::{DataType, Dataset, Field};
use crate::source::words::nearest;

/// The fields that an expression may name.
#[derive(Debug, Default)]
pub struct Scope<'a> {
    /// In words: `the dataset`, `the contract`.
    datasets: Vec<&'a Dataset>,
    /// All datasets of the contract, to tell a name of one of them from a name of nothing.
    contract: &'a [Dataset],
    /// By their names in lower case.
    fields: HashMap<String, Entry<'a>>,
    /// The fields of large objects by their names in lower case, made when they are needed.
    inner: RefCell<HashMap<*const Field, Rc<Names<'a>>>>,
    /// Whether any name may be right: the fields are not known.
    is_open: bool,
    /// How many more names are looked for that somebody may have meant.
    suggestions: Cell<u32>,
}

type Names<'a> = HashMap<String, &'a Field>;

#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    field: &'a Field,
    /// Whether other fields have the name too, so that nobody knows which one is meant.
    is_shared: bool,
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    /// This field.
    Field(&'a Field),
    /// Something whose type nobody knows.
    Something,
    /// Nothing.
    Nothing,
}

/// After so many suggestions nobody reads them any more.
const MOST_SUGGESTIONS: u32 = 50;
/// Among more names than these nobody could choose.
const MOST_CANDIDATES: usize = 2_000;
/// Objects with more fields than these are indexed.
const FEW: usize = 30;

impl<'a> Scope<'a> {
    /// The fields of datasets.
    pub fn new(datasets: impl IntoIterator<Item = &'a Dataset>) -> Self {
        let mut scope = Self { suggestions: Cell::new(MOST_SUGGESTIONS), ..Self::default() };
        for dataset in datasets {
            scope.datasets.push(dataset);
            scope.add(&dataset.fields);
        }
        scope
    }

    /// The same scope in a contract with these datasets.
    #[must_use]
    pub fn among(mut self, datasets: &'a [Dataset]) -> Self {
        self.contract = datasets;
        self
    }

    /// A scope in which every name may be right.
    pub fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// The same scope with more fields, such as those beside a nested one.
    #[must_use]
    pub fn with(mut self, fields: &'a [Field]) -> Self {
        self.add(fields);
        self
    }

    /// The same scope with a field under a further name.
    #[must_use]
    pub fn called(mut self, name: &str, field: &'a Field) -> Self {
        self.fields.insert(name.to_lowercase(), Entry { field, is_shared: false });
        self
    }

    fn add(&mut self, fields: &'a [Field]) {
        for field in fields {
            let more = field.physical_name.iter().chain(field.aliases()).map(String::as_str);
            for name in std::iter::once(field.name.as_str()).chain(more) {
                let known = self.fields.entry(name.to_lowercase()).or_insert(Entry { field, is_shared: false });
                known.is_shared |= !std::ptr::eq(known.field, field);
            }
        }
    }

    /// What a name means.
    pub(super) fn find(&self, names: &[Name]) -> Found<'a> {
        if self.is_open {
            return Found::Something;
        }
        let parts: Vec<String> = names.iter().map(|name| name.text.to_lowercase()).collect();
        match self.find_field(&parts) {
            Found::Nothing => {
                // `orders.amount`, `shop.orders.amount`.
                // A catalog, a schema and a dataset are the most that stand in front.
                let behind =
                    (1..parts.len().min(4)).filter(|end| self.is_dataset(parts.get(..*end).unwrap_or_default()));
                let rest = behind.max().and_then(|end| parts.get(end..));
                rest.map_or(Found::Nothing, |rest| self.find_field(rest))
            }
            found => found,
        }
    }

    fn find_field(&self, parts: &[String]) -> Found<'a> {
        let whole = if parts.len() > 1 { self.fields.get(&parts.join(".")) } else { None };
        if let Some(entry) = whole {
            return Found::Field(entry.field);
        }
        let Some((first, rest)) = parts.split_first() else { return Found::Nothing };
        let Some(entry) = self.fields.get(first) else { return Found::Nothing };
        if entry.is_shared {
            return Found::Something;
        }
        let mut field = entry.field;
        for name in rest {
            let shape = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
            let is_free = shape.fields.is_empty() && !is_scalar(shape.data_type);
            if is_free || field.values.is_some() && shape.fields.is_empty() {
                return Found::Something;
            }
            match self.inside(shape, name) {
                Some(inner) => field = inner,
                // Keys of JSON and of maps may be others than those that are described.
                None if matches!(shape.data_type, DataType::Json | DataType::Map) => return Found::Something,
                None => return Found::Nothing,
            }
        }
        Found::Field(field)
    }

    fn inside(&self, field: &'a Field, name: &str) -> Option<&'a Field> {
        if field.fields.len() <= FEW {
            return field.fields.iter().find(|inner| inner.name.to_lowercase() == name);
        }
        let mut known = self.inner.borrow_mut();
        let names = known.entry(std::ptr::from_ref(field)).or_insert_with(|| {
            let mut names = Names::with_capacity(field.fields.len());
            for inner in &field.fields {
                names.entry(inner.name.to_lowercase()).or_insert(inner);
            }
            Rc::new(names)
        });
        names.get(name).copied()
    }

    fn is_dataset(&self, parts: &[String]) -> bool {
        let (whole, last) = (parts.join("."), parts.last());
        self.datasets.iter().take(MOST_CANDIDATES).any(|dataset| {
            let mut names = std::iter::once(&dataset.name).chain(&dataset.physical_name).chain(&dataset.aliases);
            names.any(|name| {
                let name = name.to_lowercase();
                name == whole || Some(&name) == last
            })
        })
    }

    /// Whether a name is that of a dataset whose fields can't be named here.
    pub(super) fn is_other_dataset(&self, name: &Name) -> bool {
        self.contract.iter().take(MOST_CANDIDATES).any(|dataset| dataset.name.eq_ignore_ascii_case(&name.text))
    }

    /// The name that somebody who wrote another most likely meant.
    pub(super) fn nearest(&self, names: &[Name]) -> Option<String> {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        if left == 0 {
            return None;
        }
        let (last, before) = names.split_last()?;
        if before.is_empty() {
            let candidates = self.datasets.iter().flat_map(|dataset| &dataset.fields).take(MOST_CANDIDATES);
            return nearest(&last.text, candidates.map(|field| field.name.as_str())).map(str::to_owned);
        }
        let around: Vec<&str> = before.iter().map(|name| name.text.as_str()).collect();
        let prefix = around.join(".");
        match self.find(before) {
            Found::Field(field) => {
                let shape = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
                let candidates = shape.fields.iter().take(MOST_CANDIDATES).map(|field| field.name.as_str());
                nearest(&last.text, candidates).map(|near| format!("{prefix}.{near}"))
            }
            // The dataset may be right, and the field wrong.
            Found::Nothing if self.is_dataset(&around.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>()) => {
                self.nearest(std::slice::from_ref(last)).map(|near| format!("{prefix}.{near}"))
            }
            _ => None,
        }
    }

    /// What a message calls the place of the fields: the one dataset, or the contract.
    pub(super) fn owner(&self) -> Option<&'a str> {
        if let [only] = self.datasets.as_slice() { Some(&only.name) } else { None }
    }
}

/// Whether values of a type have no parts.
fn is_scalar(data_type: DataType) -> bool {
    !matches!(
        data_type,
        DataType::Json | DataType::Array | DataType::Object | DataType::Map | DataType::Unknown | DataType::Binary
    )
}
