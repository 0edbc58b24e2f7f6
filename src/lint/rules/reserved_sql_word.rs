use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Path, Step};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reserved-sql-word",
        group: Group::Structure,
        severity: Severity::Info,
        by_default: false,
        summary: "A dataset or field is called as a reserved word of SQL.",
        page: include_str!("reserved_sql_word.md"),
    },
    checks: &[Check::Contract(dataset), Check::Field(field)],
};

/// Words that PostgreSQL reserves, most of which the SQL standard and other systems reserve too; sorted.
const WORDS: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

fn dataset(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        let stored = dataset.physical_name.as_deref();
        look(stored.unwrap_or(&dataset.name), findings, || {
            let path = Path::dataset(&dataset.name).key(key(stored));
            Label::at(contract.source, path)
        });
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    // Items and values have no names of their own.
    if matches!(at.path.steps().last(), Some(Step::Field(_))) {
        let stored = at.field.physical_name.as_deref();
        look(stored.unwrap_or(&at.field.name), findings, || at.label_of(key(stored)));
    }
}

fn key(stored: Option<&str>) -> &'static str {
    if stored.is_some() { "physical_name" } else { "name" }
}

fn look(name: &str, findings: &mut Vec<Finding>, label: impl FnOnce() -> Label) {
    const LONGEST: usize = 20;
    if name.len() <= LONGEST && WORDS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok() {
        let message = format!("{} is a reserved word of SQL: every query has to quote it", quoted(name));
        let help = "choose another name, such as `order_rank` for `order`, before somebody relies on this one";
        findings.push(Finding::new(&RULE.meta, label(), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted() {
        assert!(WORDS.is_sorted_by(|one, next| one < next));
    }
}
