//! What a build without the engine says of files.

use std::ops::ControlFlow;

use super::files::{FileTable, Limits};
use super::{Cell, Database, LiveColumn, Trouble};
use crate::io::data::files::BrokenRows;

/// Tables in files, which this build can't look at: every question is answered by the reason.
#[derive(Debug)]
pub struct Files {
    tables: Vec<FileTable>,
}

impl Files {
    /// Tables by their names in SQL.
    pub fn new(tables: Vec<FileTable>, _: Limits) -> Self {
        Self { tables }
    }

    fn trouble(&self, name: &str) -> Trouble {
        let form =
            self.tables.iter().find(|table| table.name == name).or(self.tables.first()).map(|table| table.form.name());
        Trouble::Lost(format!(
            "this pact was built without the engine that reads {} files; build it with the feature `engine`, which is on by default",
            form.unwrap_or("CSV and Parquet")
        ))
    }
}

impl Database for Files {
    fn columns(&mut self, table: &str) -> Result<Option<Vec<LiveColumn>>, Trouble> {
        Err(self.trouble(table))
    }

    fn tables(&mut self) -> Result<Vec<String>, Trouble> {
        Err(self.trouble(""))
    }

    fn each(&mut self, _: &str, _: &mut dyn FnMut(Vec<Cell>) -> ControlFlow<()>) -> Result<(), Trouble> {
        Err(self.trouble(""))
    }

    fn rows(&mut self, _: &str, _: usize) -> Result<Vec<Vec<Cell>>, Trouble> {
        Err(self.trouble(""))
    }

    fn broken_rows(&mut self, table: &str) -> Result<BrokenRows, Trouble> {
        Err(self.trouble(table))
    }
}
