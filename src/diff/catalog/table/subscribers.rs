//! Consumers and what they were promised beyond the contract.

use crate::diff::catalog::catalog;

catalog! { SUBSCRIBERS:
    SUBSCRIBER_ADDED "subscriber-added" 'N' Patch Patch Certain []
        "a subscriber is new"
        "More people rely on the contract.";
    SUBSCRIBER_REMOVED "subscriber-removed" 'N' Major None Certain ["subscriber"]
        "a subscriber is gone"
        "The level is that of this subscriber alone: it asks nothing of the version.";
    SUBSCRIBER_PURPOSE_CHANGED "subscriber-purpose-changed" 'N' Patch Patch Certain ["legal"]
        "what a subscriber does with the data"
        "Check against allowed uses.";
    SUBSCRIBER_FIELDS_EXTENDED "subscriber-fields-extended" 'N' None None Certain []
        "a subscriber reads more fields"
        "More changes will hit it.";
    SUBSCRIBER_FIELDS_REDUCED "subscriber-fields-reduced" 'N' None None Certain []
        "a subscriber reads fewer fields"
        "Fewer changes will hit it.";
    SUBSCRIBER_PIN_MOVED "subscriber-pin-moved" 'N' None None Certain []
        "the versions that a subscriber works with"
        "Migration done: shrinks the transitive set.";
    OVERRIDE_ADDED "override-added" 'N' Minor Major Certain []
        "a subscriber is promised more than others"
        "One more promise to keep.";
    OVERRIDE_REMOVED "override-removed" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is no longer promised more than others"
        "Breaks that consumer only.";
    OVERRIDE_LOOSENED "override-loosened" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is promised less than before"
        "Less than was agreed with this subscriber.";
    OVERRIDE_TIGHTENED "override-tightened" 'N' Minor Major Certain []
        "a subscriber is promised more than before"
        "A new promise to readers, a new duty for writers.";
}
