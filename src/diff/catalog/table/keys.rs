//! Nullability, keys and references.

use crate::diff::catalog::catalog;

catalog! { KEYS:
    FIELD_BECAME_REQUIRED "field-became-required" 'E' Minor Major Certain []
        "values may no longer be null"
        "A new guarantee for readers; old rows and writers may hold null.";
    FIELD_BECAME_OPTIONAL "field-became-optional" 'E' Major Minor Certain ["subscribers"]
        "values may be null now"
        "Readers without a branch for null fail.";
    ELEMENT_BECAME_NULLABLE "element-became-nullable" 'E' Major Minor Certain []
        "items or values may be null now"
        "Readers without a branch for null fail.";
    ELEMENT_BECAME_NON_NULL "element-became-non-null" 'E' Minor Major Certain []
        "items or values may no longer be null"
        "A new guarantee for readers; writers may hold null.";
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
}
