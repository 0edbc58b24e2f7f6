//! What a contract says of the rows of a dataset themselves: which there are, and in which order.

use super::compile::Compiler;
use super::{Condition, Measure, Unmeasured};
use crate::check::CheckKind;
use crate::expression::parse;
use crate::model::{Dataset, Path};
use crate::source::words::quoted;

impl Compiler<'_> {
    /// That no row is there which the dataset leaves out, and that rows come in order.
    pub(super) fn rows(&mut self) {
        let dataset = self.dataset;
        let element = Path::dataset(&dataset.name);
        if let Some(filter) = dataset.filter.as_deref() {
            let measure = kept(dataset, filter).map(|condition| Measure::Broken { condition, rows: None });
            let promised = format!("rows where {}, and no others", quoted(filter));
            self.add("filter", CheckKind::Rules, element.clone().key("filter"), measure, promised);
        }
        if !dataset.ordering.is_empty() {
            let promised = format!("rows in the order of {}", dataset.ordering.join(", "));
            let measure = Err(Unmeasured::elsewhere("pact does not look at the order of rows"));
            self.add("ordering", CheckKind::Rules, element.key("ordering"), measure, promised);
        }
    }
}

/// The condition of a filter. It may be in words, of which some are SQL by chance: then they name no fields of the dataset.
fn kept<'a>(dataset: &Dataset, filter: &'a str) -> Result<Condition<'a>, Unmeasured> {
    let words = || Unmeasured::elsewhere("it is in words alone, which nothing can execute");
    let condition = Condition::Sql(filter, Box::new(parse(filter).map_err(|_| words())?));
    let names = condition.fields();
    let is_field = |name: &&str| dataset.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
    let is_own = |name: &&str| name.eq_ignore_ascii_case(&dataset.name);
    if names.is_empty() || !names.iter().all(|name| is_field(name) || is_own(name)) {
        return Err(words());
    }
    Ok(condition)
}
