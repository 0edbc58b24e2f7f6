//! What the `format` of a field promises of its values.

use super::compile::Compiler;
use super::{Column, Condition, Measure, Unmeasured};
use crate::check::CheckKind;
use crate::model::{DataType, TextForm};
use crate::source::words::quoted;

/// The format of texts that are not to be seen as they are typed: it says nothing of what they are.
const HIDDEN: &str = "password";

impl<'a> Compiler<'a> {
    /// The form of texts. That of dates says how they are read, and is part of their type.
    pub(super) fn form(&mut self, column: &Column<'a>) {
        let field = column.field();
        let Some(format) = field.format.as_deref().filter(|format| *format != HIDDEN) else { return };
        if field.data_type != DataType::String {
            return;
        }
        let form = TextForm::of(format).ok_or_else(|| {
            let known = "a `regex` among the constraints says what such texts are";
            Unmeasured::elsewhere(format!("pact does not know the format {}; {known}", quoted(format)))
        });
        let measure = form
            .map(|form| Measure::Broken { condition: Condition::Matches(column.clone(), form.pattern()), rows: None });
        self.of_column("format", CheckKind::Rules, column, measure, format!("texts of the format {}", quoted(format)));
    }
}
