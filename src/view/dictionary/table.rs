//! The dictionary as tables on a terminal.

use std::fmt::Write as _;

use anstyle::{Effects, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};

use super::cells::{described, guarded, keys, typed};
use super::{Dictionary, Entry, Section};
use crate::model::{Contract, ContractKind};
use crate::report::sanitize;

/// A table for each dataset below a line about its contract. `width` is that of the terminal, in columns.
pub fn table(dictionary: &Dictionary<'_>, width: usize) -> String {
    let mut text = String::new();
    for section in &dictionary.sections {
        if !text.is_empty() {
            text.push('\n');
        }
        let bold = Style::new().effects(Effects::BOLD);
        let _ = writeln!(text, "{bold}{}{bold:#}{}", sanitize::line(&title(section)), facts(section.contract));
        text.push_str(&rows(section, width));
    }
    text
}

/// The name of the dataset as others refer to it.
fn title(section: &Section<'_>) -> String {
    if section.contract.short_form {
        section.contract.name.clone()
    } else {
        format!("{}.{}", section.contract.name, section.dataset.name)
    }
}

fn facts(contract: &Contract) -> String {
    let publisher = &contract.publisher;
    let model = (contract.kind == ContractKind::Model).then(|| "internal model".to_owned());
    let team = match (&publisher.team, &publisher.owner) {
        (Some(team), Some(owner)) => Some(format!("{team} ({owner})")),
        (team, owner) => team.as_ref().or(owner.as_ref()).cloned(),
    };
    let facts = [Some(contract.version.to_string()), Some(contract.status.name().to_owned()), model, team];
    facts.into_iter().flatten().fold(String::new(), |text, fact| text + "  " + &sanitize::line(&fact))
}

const HEADER: [&str; 7] = ["FIELD", "TYPE", "NULL", "KEY", "GUARDED", "USED BY", "DESCRIPTION"];

fn rows(section: &Section<'_>, width: usize) -> String {
    let cells: Vec<[String; 7]> = section.entries.iter().map(cells).collect();
    // A column without anything in it only takes room from the others.
    let used: Vec<usize> = (0..HEADER.len()).filter(|at| cells.iter().any(|row| !row[*at].is_empty())).collect();
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(used.iter().map(|at| HEADER[*at]));
    for row in &cells {
        table.add_row(used.iter().map(|at| row[*at].as_str()));
    }
    let widest = table.column_max_content_widths();
    for (index, (at, widest)) in used.iter().zip(widest).enumerate() {
        // Prose breaks well, names and types don't; but no name may push everything else off the screen.
        let most = u16::try_from(width / if *at == 0 { 3 } else { 5 }).unwrap_or(u16::MAX);
        let constraint = match HEADER[*at] {
            "USED BY" | "DESCRIPTION" => continue,
            _ if widest <= most => ColumnConstraint::ContentWidth,
            _ => ColumnConstraint::UpperBoundary(Width::Fixed(most)),
        };
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(constraint);
        }
    }
    table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn cells(entry: &Entry<'_>) -> [String; 7] {
    let cells = [
        entry.path.clone(),
        typed(entry),
        if entry.field.nullable { "" } else { "no" }.to_owned(),
        keys(entry),
        guarded(entry),
        entry.users.join(", "),
        described(entry),
    ];
    cells.map(|cell| sanitize::line(&cell))
}
