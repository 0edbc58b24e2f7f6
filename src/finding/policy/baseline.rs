//! The findings that a repository starts out with: a file that holds them back until they are mended, so that only new ones
//! are told.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde_json::json;

use crate::finding::fingerprint;
use crate::source::shape::{Form, Key, Kind, Shape, check};
use crate::source::{Node, Problem, Span, parse};

/// The format that the file names.
const FORMAT: &str = "pact.baseline/1";

/// What the file begins with.
const HEAD: &str = "\
# Findings that were there before, held back by `pact lint` until they are mended.
# `pact lint --write-baseline` writes this file anew. Lines may be taken out by hand, never put in.
";

/// The findings that a repository starts out with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// Findings of one rule about one element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The file, relative to the configuration, with slashes.
    pub file: String,
    /// The element; empty where the finding is about the text. Positions in lists are left out: they move.
    pub element: String,
    /// The rule.
    pub code: String,
    /// What tells it from others: see [`Entry::new`].
    pub fingerprint: String,
    /// How many there are.
    pub count: usize,
    /// Where it stands in the file that was read.
    pub span: Span,
}

impl Entry {
    /// A finding as the file keeps it. It stays what it is when lines or files move: its fingerprint is of the code, the
    /// contract (the file, where it has no name) and the element. `text` is what stands at the place; it counts only where the
    /// element alone does not tell, and must be empty for a secret, since short hashes can be guessed.
    pub fn new(code: &str, file: &str, contract: &str, element: &str, text: impl FnOnce() -> String) -> Self {
        let (element, is_exact) = without_positions(element);
        let text = if is_exact && !element.is_empty() { String::new() } else { text() };
        let whose = if contract.is_empty() { file } else { contract };
        Self {
            fingerprint: fingerprint(&[code, whose, &element, &text]),
            file: file.to_owned(),
            element,
            code: code.to_owned(),
            count: 1,
            span: Span::default(),
        }
    }
}

/// An element without positions in lists, and whether it had none.
fn without_positions(element: &str) -> (String, bool) {
    let mut plain = String::with_capacity(element.len());
    let mut in_brackets = false;
    for letter in element.chars() {
        if !(in_brackets && letter.is_ascii_digit()) {
            plain.push(letter);
        }
        in_brackets = letter == '[' || in_brackets && letter.is_ascii_digit();
    }
    let is_exact = plain.len() == element.len();
    (plain, is_exact)
}

static FINGERPRINT: Form = Form {
    expected: "12 hexadecimal digits",
    pattern: "^[0-9a-f]{12}$",
    accepts: |text| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
};

static FORMATS: Form = Form {
    expected: "`pact.baseline/1`, the format that this version of pact reads",
    pattern: "^pact\\.baseline/1$",
    accepts: |text| text == FORMAT,
};

static FINDING: Shape = Shape {
    name: "finding",
    doc: "A finding that is held back.",
    keys: &[
        Key::new("code", Kind::Text, "The rule.").required(),
        Key::new("element", Kind::Text, "The element."),
        Key::new("fingerprint", Kind::Form(&FINGERPRINT), "What tells it from others.").required(),
        Key::new("count", Kind::Count, "How many there are; one if not given."),
    ],
};

static FINDINGS: Kind = Kind::List(&Kind::Map(&FINDING));

static SHAPE: Shape = Shape {
    name: "baseline",
    doc: "Findings that are held back until they are mended.",
    keys: &[
        Key::new("format", Kind::Form(&FORMATS), "The format of the file.").required(),
        Key::new("findings", Kind::Dict(&FINDINGS), "The findings by file.").required(),
    ],
};

impl Baseline {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, with places in the text.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let tree = parse(text).map_err(|problem| vec![problem])?;
        let problems = check(&tree, &SHAPE);
        if !problems.is_empty() {
            return Err(problems);
        }
        let files = tree.get("findings").map(Node::entries).unwrap_or_default();
        let entries = files.iter().flat_map(|file| {
            let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).unwrap_or_default().to_owned();
            file.value.items().iter().map(move |node| Entry {
                file: file.key.to_string(),
                element: text(node, "element"),
                code: text(node, "code"),
                fingerprint: text(node, "fingerprint"),
                count: node.get("count").and_then(Node::integer).map_or(1, |count| usize::try_from(count).unwrap_or(1)),
                span: node.span,
            })
        });
        Ok(Self { entries: entries.collect() })
    }

    /// A baseline of these findings; those that nothing tells apart become one entry with their number.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> =
            entries.into_iter().map(|entry| Entry { span: Span::default(), ..entry }).collect();
        entries.sort_unstable();
        entries.dedup_by(|next, entry| {
            let key = |entry: &Entry| (entry.file.clone(), entry.code.clone(), entry.fingerprint.clone());
            let is_same = key(next) == key(entry);
            if is_same {
                entry.count += next.count;
            }
            is_same
        });
        Self { entries }
    }

    /// The findings.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many findings it holds back.
    pub fn count(&self) -> usize {
        self.entries.iter().map(|entry| entry.count).sum()
    }

    /// The file: a line for each finding, sorted, so that two branches that mend different findings merge.
    pub fn text(&self) -> String {
        let mut files: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            files.entry(&entry.file).or_default().push(entry);
        }
        let mut text = format!("{HEAD}format: {FORMAT}\nfindings:{}\n", if files.is_empty() { " {}" } else { "" });
        // Writing to a string can't fail.
        for (file, entries) in files {
            let _ = writeln!(text, "  {}:", json!(file));
            for Entry { element, code, fingerprint, count, .. } in entries {
                let element = if element.is_empty() { String::new() } else { format!(", element: {}", json!(element)) };
                let count = if *count == 1 { String::new() } else { format!(", count: {count}") };
                let _ = writeln!(text, "    - {{code: {code}{element}, fingerprint: \"{fingerprint}\"{count}}}");
            }
        }
        text
    }
}

/// A baseline while findings are held against it.
#[derive(Debug, Default)]
pub struct Left {
    /// By code and fingerprint: how many more findings are held back.
    counts: HashMap<(String, String), usize>,
    baseline: Baseline,
}

impl Left {
    /// All of a baseline.
    pub fn new(baseline: Baseline) -> Self {
        let mut counts: HashMap<(String, String), usize> = HashMap::new();
        for entry in &baseline.entries {
            *counts.entry((entry.code.clone(), entry.fingerprint.clone())).or_default() += entry.count;
        }
        Self { counts, baseline }
    }

    /// Whether it holds a finding back.
    pub fn takes(&mut self, entry: Entry) -> bool {
        match self.counts.get_mut(&(entry.code, entry.fingerprint)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// The entries that fit fewer findings than they tell, with how many they are too many, in the order of the file.
    pub(super) fn unmatched(mut self) -> Vec<(Entry, usize)> {
        let mut left = Vec::new();
        for entry in self.baseline.entries {
            let key = (entry.code.clone(), entry.fingerprint.clone());
            let Some(count) = self.counts.get_mut(&key).filter(|count| **count > 0) else { continue };
            let too_many = entry.count.min(*count);
            *count -= too_many;
            left.push((entry, too_many));
        }
        left
    }
}
