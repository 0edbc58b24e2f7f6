//! Defaults, examples and derived values.

use crate::diff::catalog::catalog;

catalog! { DEFAULTS:
    DEFAULT_ADDED "default-added" 'H' Minor Minor Certain []
        "a default is new"
        "Absent now has a reading.";
    DEFAULT_REMOVED "default-removed" 'H' Major Minor Possible []
        "a default is gone, the field may be null"
        "Absent is undefined again.";
    DEFAULT_REMOVED_REQUIRED "default-removed-required" 'H' Minor Major Certain []
        "a default is gone, the field may not be null"
        "Writers that relied on it now break the promise.";
    DEFAULT_CHANGED "default-changed" 'H' Major Minor Possible ["semantics"]
        "another default"
        "The same input gives another value.";
    DERIVED_EXPRESSION_CHANGED "derived-expression-changed" 'H' Major Major Review ["semantics"]
        "how a value is computed"
        "Values change while the shape stays.";
    EXAMPLE_CHANGED "example-changed" 'H' Patch Patch Certain []
        "the example value"
        "Documentation: no promise moves. `pact lint` holds examples against the constraints.";
}
