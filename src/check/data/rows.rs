//! What a contract says of the rows of a dataset themselves: which there are, and in which order.

use super::compile::Compiler;
use super::{Condition, Measure, Unmeasured};
use crate::check::CheckKind;
use crate::expression::{Expr, Kind, parse};
use crate::model::{Dataset, Path};
use crate::source::words::quoted;

/// The check of the rows that a dataset leaves out.
pub const FILTER: &str = "filter";

impl Compiler<'_> {
    /// That no row is there which the dataset leaves out, and that rows come in order.
    pub(super) fn rows(&mut self) {
        let dataset = self.dataset;
        let element = Path::dataset(&dataset.name);
        if let Some(filter) = dataset.filter.as_deref() {
            let measure = kept(dataset, filter).map(|condition| Measure::Broken { condition, rows: None });
            let promised = format!("rows where {}, and no others", quoted(filter));
            self.add(FILTER, CheckKind::Rules, element.clone().key("filter"), measure, promised);
        }
        if !dataset.ordering.is_empty() {
            let promised = format!("rows in the order of {}", dataset.ordering.join(", "));
            let measure = Err(Unmeasured::elsewhere("pact does not look at the order of rows"));
            self.add("ordering", CheckKind::Rules, element.key("ordering"), measure, promised);
        }
    }
}

/// The condition of a filter. It may be in words, of which some are SQL by chance: one of them alone is a name.
fn kept<'a>(dataset: &Dataset, filter: &'a str) -> Result<Condition<'a>, Unmeasured> {
    let words = || Unmeasured::elsewhere("it is in words alone, which nothing can execute");
    let expr = parse(filter).map_err(|_| words())?;
    let names = fields_of(&expr);
    let unknown = names.iter().find(|names| {
        let is_called = |name: &str| dataset.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
        let inner = names.split_first().filter(|(first, _)| first.eq_ignore_ascii_case(&dataset.name));
        let own = names.first().is_some_and(|name| is_called(name));
        !own && !inner.and_then(|(_, rest)| rest.first()).is_some_and(|name| is_called(name))
    });
    match (unknown, &expr.kind) {
        (Some(_), Kind::Field(_)) => Err(words()),
        (Some(names), _) => Err(format!("there is no field {}", quoted(&names.join("."))).into()),
        (None, _) => Ok(Condition::Sql(filter, Box::new(expr))),
    }
}

/// The names in an expression, each with those in front of it.
fn fields_of(expr: &Expr) -> Vec<Vec<&str>> {
    let own = match &expr.kind {
        Kind::Field(names) => Some(names.iter().map(|name| name.text.as_str()).collect()),
        _ => None,
    };
    own.into_iter().chain(expr.parts().into_iter().flat_map(fields_of)).collect()
}
