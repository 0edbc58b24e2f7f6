//! What values mean: units, texts, formats.

use crate::diff::catalog::catalog;

catalog! { SEMANTICS:
    UNIT_CHANGED "unit-changed" 'I' Major Major Certain ["semantics"]
        "another unit"
        "Silent wrong numbers; the most expensive break and the one no schema checker sees.";
    UNIT_ADDED "unit-added" 'I' Patch Patch Review ["semantics"]
        "a unit is stated"
        "Clarifies; major if readers assumed another.";
    UNIT_REMOVED "unit-removed" 'I' Major Minor Possible ["semantics"]
        "a unit is stated no longer"
        "A guarantee is withdrawn.";
    SEMANTICS_TEXT_CHANGED "semantics-text-changed" 'I' Patch Patch Review ["semantics"]
        "what something means, in words"
        "Text. Look twice where words such as a unit, gross or net, UTC or null moved.";
    DESCRIPTION_ADDED "description-added" 'I' Patch None Certain []
        "a first description"
        "Documentation: no promise moves.";
    DESCRIPTION_REMOVED "description-removed" 'I' Patch None Certain ["lint"]
        "a description is gone"
        "No promise moves, but readers are left to guess.";
}
