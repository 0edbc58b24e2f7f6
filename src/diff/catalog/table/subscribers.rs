//! Consumers and what they were promised beyond the contract.

use crate::diff::catalog::catalog;

catalog! { SUBSCRIBERS:
    SUBSCRIBER_ADDED "subscriber-added" 'N' Patch Patch Certain []
        "a subscriber is new"
        "More people rely on the contract.";
    SUBSCRIBER_REMOVED "subscriber-removed" 'N' Major None Certain ["subscriber"]
        "a subscriber is gone"
        "The level is that of this subscriber alone: it asks nothing of the version.";
    SUBSCRIBER_EXPIRED "subscriber-expired" 'N' None None Certain []
        "a subscription is over"
        "It no longer counts when it is told who is hit.";
    SUBSCRIBER_EXPIRY_SHORTENED "subscriber-expiry-shortened" 'N' Major None Certain ["subscriber"]
        "a subscription ends earlier"
        "Less than was agreed with this subscriber.";
    SUBSCRIBER_FIELD_UNKNOWN "subscriber-field-unknown" 'N' Major None Certain ["gate"]
        "a subscriber reads a field that is not there"
        "What it declared to need is gone or has another name.";
    SUBSCRIBER_PIN_OUTDATED "subscriber-pin-outdated" 'N' Major None Certain ["gate"]
        "a subscriber pins a major version that is no longer offered"
        "It reads a version that is not there any more.";
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
        "The subscriber has moved: fewer old versions have to be kept in mind.";
    OVERRIDE_ADDED "override-added" 'N' Minor Major Certain []
        "a subscriber is promised more than others"
        "One more promise to keep.";
    OVERRIDE_REMOVED "override-removed" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is no longer promised more than others"
        "It breaks what this subscriber was promised, and nobody else.";
    OVERRIDE_LOOSENED "override-loosened" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is promised less than before"
        "Less than was agreed with this subscriber.";
    OVERRIDE_CONFLICTS_WITH_BASE "override-conflicts-with-base" 'N' Verdict Verdict Certain ["gate"]
        "a subscriber is promised less than everybody"
        "An override may only strengthen; a weaker one is dead text.";
    OVERRIDE_MADE_MOOT "override-made-moot" 'N' None None Certain ["info"]
        "everybody is promised what one subscriber was"
        "The override says nothing any more and can go.";
    OVERRIDE_TARGET_REMOVED "override-target-removed" 'N' Major None Certain ["gate"]
        "a subscriber is promised more of what nobody is promised now"
        "What was agreed with this subscriber rests on nothing.";
    OVERRIDE_SLA_VIOLATED_BY_BASE "override-sla-violated-by-base" 'N' Verdict Verdict Certain ["gate"]
        "everybody is promised less than one subscriber"
        "Who delivers by the contract breaks what was agreed with this subscriber.";
    OVERRIDE_TIGHTENED "override-tightened" 'N' Minor Major Certain []
        "a subscriber is promised more than before"
        "A new promise to readers, a new duty for writers.";
}
