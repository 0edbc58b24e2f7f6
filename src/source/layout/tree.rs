//! A text as it is laid out: its items with everything around them.

/// A comment on a line of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// The comment, from its `#` on.
    pub(super) text: &'t str,
    /// Whether blank lines stand before it.
    pub(super) blank: bool,
}

/// An item of a list, or a key with its value.
#[derive(Debug, Default)]
pub(super) struct Item<'t> {
    /// The comments on the lines above.
    pub(super) above: Vec<Line<'t>>,
    /// Whether blank lines stand before it, below its comments.
    pub(super) blank: bool,
    /// The key with its anchor and its tag, where it has one.
    pub(super) key: Option<Key<'t>>,
    /// The anchor and the tag of the value.
    pub(super) properties: Vec<&'t str>,
    /// The value.
    pub(super) value: Value<'t>,
    /// The comment at the end of the line.
    pub(super) beside: Option<&'t str>,
}

impl Item<'_> {
    /// Whether blank lines stand before the item and its comments, to change it.
    pub(super) fn gap(&mut self) -> &mut bool {
        match self.above.first_mut() {
            Some(line) => &mut line.blank,
            None => &mut self.blank,
        }
    }
}

/// A key.
#[derive(Debug)]
pub(super) struct Key<'t> {
    /// Its anchor and its tag.
    pub(super) properties: Vec<&'t str>,
    /// As it is written.
    pub(super) text: &'t str,
    /// The offset at which it stands.
    pub(super) at: usize,
}

/// A value.
#[derive(Debug, Default)]
pub(super) enum Value<'t> {
    /// Nothing is written.
    #[default]
    Nothing,
    /// A value in one piece, or an alias.
    Scalar {
        /// As it is written, line ends and all.
        text: &'t str,
        /// Whether it begins on a line below its key.
        is_below: bool,
    },
    /// A block of lines.
    Block {
        /// What stands before the block: `|-`.
        header: &'t str,
        /// Its lines.
        content: &'t str,
        /// How far they are indented.
        indent: usize,
    },
    /// A list or a mapping.
    Collection(Collection<'t>),
}

/// A list or a mapping.
#[derive(Debug, Default)]
pub(super) struct Collection<'t> {
    /// Whether it is a mapping.
    pub(super) is_map: bool,
    /// Whether it is in brackets or braces.
    pub(super) is_flow: bool,
    /// The column of its items, where it is a block.
    pub(super) column: usize,
    /// Its items.
    pub(super) items: Vec<Item<'t>>,
    /// The comments below its last item.
    pub(super) below: Vec<Line<'t>>,
}

/// A whole text.
#[derive(Debug, Default)]
pub(super) struct Document<'t> {
    /// Comments above the mark of the document, `---`; none where it has no mark.
    pub(super) above_mark: Option<Vec<Line<'t>>>,
    /// Whether blank lines stand between them and the mark.
    pub(super) is_mark_apart: bool,
    /// The comments about the whole, at the head.
    pub(super) head: Vec<Line<'t>>,
    /// The value, in an item without a key.
    pub(super) root: Item<'t>,
    /// The comments at the end.
    pub(super) tail: Vec<Line<'t>>,
}
