//! Nullability, keys and references.

use crate::diff::catalog::catalog;

catalog! { KEYS:
    FIELD_BECAME_REQUIRED "field-became-required" 'E' Minor Major Certain []
        "values may no longer be null"
        "A new guarantee for readers; old rows and writers may hold null.";
    FIELD_BECAME_OPTIONAL "field-became-optional" 'E' Major Minor Certain ["subscribers"]
        "values may be null now"
        "Readers without a branch for null fail.";
    FIELD_PRESENCE_WEAKENED "field-presence-weakened" 'E' Major Minor Certain []
        "a field that was in every record may be absent"
        "Missing is not null: readers who ask for the field may find none.";
    FIELD_PRESENCE_STRENGTHENED "field-presence-strengthened" 'E' Minor Major Certain []
        "a field that could be absent is in every record"
        "A new guarantee for readers; writers must always send it, if only as null.";
    ELEMENT_BECAME_NULLABLE "element-became-nullable" 'E' Major Minor Certain []
        "items or values may be null now"
        "Readers without a branch for null fail.";
    ELEMENT_BECAME_NON_NULL "element-became-non-null" 'E' Minor Major Certain []
        "items or values may no longer be null"
        "A new guarantee for readers; writers may hold null.";
    MISSING_MARKERS_EXTENDED "missing-markers-extended" 'E' Major Major Possible ["semantics"]
        "more values stand for a missing one"
        "Readers still take the new one for data.";
    MISSING_MARKERS_REDUCED "missing-markers-reduced" 'E' Major Major Possible ["semantics"]
        "fewer values stand for a missing one"
        "What was missing is data now.";
    PRIMARY_KEY_ADDED "primary-key-added" 'E' Minor Major Certain []
        "there is a primary key now"
        "Rows are unique and findable now; writers must keep it so.";
    PRIMARY_KEY_REMOVED "primary-key-removed" 'E' Major Minor Certain ["subscribers"]
        "there is no primary key any more"
        "Joins may fan out.";
    PRIMARY_KEY_COLUMN_ADDED "primary-key-column-added" 'E' Major Major Certain ["subscribers"]
        "the primary key has more fields"
        "The key that was there no longer identifies a row alone.";
    PRIMARY_KEY_COLUMN_REMOVED "primary-key-column-removed" 'E' Minor Major Certain []
        "the primary key has fewer fields"
        "Fewer fields identify a row already.";
    PRIMARY_KEY_REPLACED "primary-key-replaced" 'E' Major Major Certain ["subscribers"]
        "the primary key is another one"
        "Upsert and join keys change.";
    PRIMARY_KEY_REORDERED "primary-key-reordered" 'E' Patch Patch Certain []
        "the order of the fields of the primary key"
        "The same fields together identify a row.";
    UNIQUE_ADDED "unique-added" 'E' Minor Major Certain []
        "values are unique now"
        "A stronger promise.";
    UNIQUE_REMOVED "unique-removed" 'E' Major Minor Certain ["subscribers"]
        "values are no longer unique"
        "Joins may return more rows than before.";
    UNIQUE_COLUMNS_EXTENDED "unique-columns-extended" 'E' Major Minor Certain []
        "only more fields together are unique"
        "A weaker promise to readers.";
    UNIQUE_COLUMNS_REDUCED "unique-columns-reduced" 'E' Minor Major Certain []
        "fewer fields together are unique already"
        "A stronger promise to readers.";
    FOREIGN_KEY_ADDED "foreign-key-added" 'E' Minor Major Certain []
        "a reference is new"
        "New referential promise.";
    FOREIGN_KEY_REMOVED "foreign-key-removed" 'E' Major Minor Possible []
        "a reference is gone"
        "Joins may lose rows.";
    FOREIGN_KEY_TARGET_CHANGED "foreign-key-target-changed" 'E' Major Major Certain ["subscribers"]
        "a reference leads elsewhere"
        "Joins go to the wrong table.";
    CARDINALITY_LOOSENED "cardinality-loosened" 'E' Major Minor Certain []
        "more rows may belong together"
        "Joins may return more rows than before.";
    CARDINALITY_TIGHTENED "cardinality-tightened" 'E' Minor Major Certain []
        "fewer rows may belong together"
        "A stronger promise to readers.";
    REFERENCE_ACTION_CHANGED "reference-action-changed" 'E' Minor Minor Possible []
        "what becomes of rows when those go that they refer to"
        "It tells when rows vanish or change.";
    CROSS_CONTRACT_REFERENCE_BUMPED "cross-contract-reference-bumped" 'E' Major Major Possible ["transitive"]
        "a reference is made for another major version of the contract that it leads to"
        "The key may mean something else there: look at what changed in that contract as well.";
}
