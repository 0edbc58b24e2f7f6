//! Ownership, documentation and references.

use crate::diff::catalog::catalog;

catalog! { DOCUMENTATION:
    OWNER_CHANGED "owner-changed" 'O' Patch Patch Certain ["subscribers"]
        "the owning team or person"
        "Nothing breaks; tell those who use it.";
    OWNER_REMOVED "owner-removed" 'O' Minor Patch Certain ["lint"]
        "no owner any more"
        "A promise with nobody behind it.";
    CONTACT_CHANGED "contact-changed" 'O' Patch Patch Certain ["subscribers"]
        "whom to ask or tell"
        "Nothing breaks; tell those who use it.";
    SUPPORT_CHANNEL_ADDED "support-channel-added" 'O' Minor Patch Certain []
        "somebody to ask"
        "Something more to use, and to keep going.";
    SUPPORT_CHANNEL_LAST_REMOVED "support-channel-last-removed" 'O' Major Minor Certain []
        "nobody to ask any more"
        "Readers have nowhere to go.";
    TAGS_CHANGED "tags-changed" 'O' Patch Patch Certain []
        "free labels"
        "Labels: no promise moves.";
    CUSTOM_PROPERTY_CHANGED "custom-property-changed" 'O' Patch Patch Possible []
        "something that only other tools know the meaning of"
        "Only the tools that know it can tell what it means.";
    LINK_CHANGED "link-changed" 'O' Patch None Certain []
        "the address of a document"
        "Documentation: no promise moves.";
    TEAM_MEMBER_CHANGED "team-member-changed" 'O' Patch Patch Certain []
        "who works on the data"
        "Nothing breaks.";
    SUPPORT_CHANNEL_REMOVED "support-channel-removed" 'O' Minor Patch Certain []
        "one place less to ask"
        "There are other places to ask; tell those who use this one.";
    UPSTREAM_CONTRACT_CHANGED "upstream-contract-changed" 'O' None Minor Possible ["transitive"]
        "a contract that this one is made of has changed incompatibly"
        "What this contract promises may no longer be kept.";
}
