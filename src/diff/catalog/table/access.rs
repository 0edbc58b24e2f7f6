//! Access, sources and permitted use.

use crate::diff::catalog::catalog;

catalog! { ACCESS:
    SERVER_ADDED "server-added" 'M' Minor Major Certain []
        "an endpoint or environment is new"
        "Another way in.";
    SERVER_REMOVED "server-removed" 'M' Major Minor Certain ["subscribers"]
        "an endpoint or environment is gone"
        "Its readers are cut off.";
    ENDPOINT_ADDRESS_CHANGED "endpoint-address-changed" 'M' Major Major Certain ["subscribers"]
        "the address of the data"
        "Connections fail.";
    SERVER_TYPE_CHANGED "server-type-changed" 'M' Major Major Certain ["subscribers"]
        "the kind of system"
        "Driver, dialect and types change.";
    ACCESS_MODE_ADDED "access-mode-added" 'M' Minor Major Certain []
        "one more way to get at the data"
        "More ways to read.";
    ACCESS_MODE_REMOVED "access-mode-removed" 'M' Major Minor Certain ["subscribers"]
        "one way less to get at the data"
        "Its readers are cut off.";
    METHOD_ADDED "method-added" 'M' Minor Major Certain []
        "one more HTTP method"
        "Something more to use, and to keep going.";
    METHOD_REMOVED "method-removed" 'M' Major Minor Certain ["subscribers"]
        "one HTTP method less"
        "Calls fail.";
    AUTH_TYPE_CHANGED "auth-type-changed" 'M' Major Major Certain ["security", "subscribers"]
        "how callers identify themselves"
        "Every client must change.";
    AUTH_TYPE_ADDED "auth-type-added" 'M' Minor Minor Certain ["security"]
        "how callers identify themselves is stated"
        "Callers know how to identify themselves.";
    AUTH_TYPE_REMOVED "auth-type-removed" 'M' Major Minor Certain ["security", "subscribers"]
        "how callers identify themselves is stated no longer"
        "Callers no longer know how to identify themselves.";
    SCOPE_REQUIRED_ADDED "scope-required-added" 'M' Major Minor Certain ["security", "subscribers"]
        "callers need more scopes"
        "Existing grants no longer suffice.";
    SCOPE_REQUIRED_REMOVED "scope-required-removed" 'M' Minor None Certain ["security"]
        "callers need fewer scopes"
        "Additive for readers; approval gate.";
    RATE_LIMIT_LOWERED "rate-limit-lowered" 'M' Major Minor Certain ["subscribers"]
        "callers may ask less"
        "Existing load gets throttled.";
    RATE_LIMIT_RAISED "rate-limit-raised" 'M' Minor Major Certain []
        "callers may ask more"
        "A stronger promise to readers, a heavier one for writers.";
    ALLOWED_USE_REMOVED "allowed-use-removed" 'M' Major None Certain ["legal", "subscribers"]
        "a use is no longer allowed"
        "A consumer's declared purpose may be forbidden now.";
    ALLOWED_USE_ADDED "allowed-use-added" 'M' Minor None Certain ["legal", "privacy"]
        "a use is allowed now"
        "Additive; privacy yes needed.";
}
