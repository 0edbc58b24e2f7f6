use crate::finding::{Edit, Finding, Fix, Group, Label, RuleMeta, Severity};
use crate::lint::currencies::{is_currency, nearly};
use crate::lint::personal::words;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{ConstraintKind, Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-currency",
        group: Group::Types,
        severity: Severity::Warning,
        by_default: true,
        summary: "A code is written as one of a currency, and there is no such currency.",
        page: include_str!("unknown_currency.md"),
    },
    checks: &[Check::Contract(price), Check::Field(unit), Check::Field(listed)],
};

fn price(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(currency) = contract.price.as_ref().map(|price| price.currency.as_str()) else { return };
    if !is_currency(currency) {
        let label = Label::at(contract.source, Path::of("price").key("currency"));
        findings.push(unknown(currency, "the price", nearly(currency), label));
    }
}

/// Many units have three capitals: only what is nearly a common currency is taken for one.
fn unit(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(unit) = at.field.unit.as_deref().filter(|_| at.field.data_type.is_number()) else { return };
    let looks_like_one = unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
    if looks_like_one
        && !is_currency(unit)
        && !UNITS.contains(&unit)
        && let Some(near) = nearly(unit)
    {
        findings.push(unknown(unit, &at.called(), Some(near), at.label_of("unit")));
    }
}

/// The values of a field that is named as a currency.
fn listed(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    /// Currencies that are looked at in a list: there are fewer.
    const MOST: usize = 300;
    if !at.field.constraints.iter().any(|one| one.kind == ConstraintKind::Enum)
        || !words(&at.field.name).iter().any(|word| word == "currency")
    {
        return;
    }
    for (index, constraint) in at.field.constraints.iter().enumerate() {
        let (ConstraintKind::Enum, Literal::List(values)) = (constraint.kind, &constraint.value) else { continue };
        for code in values.iter().take(MOST).filter_map(Literal::text).filter(|code| !is_currency(code)) {
            let Some(near) = nearly(code) else { continue };
            let message = format!("{} may be {}, and ISO 4217 has no such currency", at.called(), quoted(code));
            let finding = Finding::new(&RULE.meta, at.label_of_constraint(index), message);
            findings.push(finding.help(format!("did you mean `{near}`?")));
        }
    }
}

/// Units of three capitals that are nearly a common currency.
const UNITS: &[&str] = &["CAL", "CAR", "CHD", "GBS", "INH", "USB"];

fn unknown(code: &str, of: &str, near: Option<&str>, label: Label) -> Finding {
    let place = label.place.clone();
    let message = format!("{of} is in {}, and ISO 4217 has no such currency", quoted(code));
    let finding = Finding::new(&RULE.meta, label, message);
    match near {
        Some(near) => finding
            .help(format!("did you mean `{near}`?"))
            .fix(Fix::guess(format!("write `{near}`"), vec![Edit::Value(place, Literal::Text(near.to_owned()))])),
        None => finding.help("write the three letters of ISO 4217, such as `EUR`"),
    }
}
