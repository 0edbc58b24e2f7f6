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
        "Nobody is shut out; who answers for security must agree.";
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
        "Nobody loses anything; who answers for privacy must agree.";
    SERVER_ENVIRONMENT_CHANGED "server-environment-changed" 'M' Major Major Certain ["subscribers"]
        "the environment of a system, its address being the same"
        "The same address means something else now.";
    ENDPOINT_ADDRESS_REDIRECTED "endpoint-address-redirected" 'M' Minor Major Certain ["sunset"]
        "the address of the data, the old one answering for a while"
        "Readers have until the last day of the old address to move.";
    SERVER_REGION_CHANGED "server-region-changed" 'M' Major Major Possible ["legal"]
        "the region of a system"
        "Other distances, other costs, and maybe another law.";
    RESPONSE_PAGE_SIZE_LOWERED "response-page-size-lowered" 'M' Major Minor Possible []
        "fewer rows in one answer"
        "Whoever takes one answer for all of it loses the rest.";
    RESPONSE_PAGE_SIZE_RAISED "response-page-size-raised" 'M' Minor Major Certain []
        "more rows in one answer"
        "A stronger promise to readers, a heavier one for writers.";
    PAGINATION_CHANGED "pagination-changed" 'M' Major Major Certain []
        "how the rest of a long answer is asked for"
        "Another protocol.";
    SCOPE_RENAMED "scope-renamed" 'M' Major Major Certain ["security"]
        "the name of a scope, the right being the same"
        "Grants name it.";
    ROLE_REMOVED "role-removed" 'M' Major Minor Certain ["security", "subscribers"]
        "a role is gone"
        "Its members lose access.";
    ROLE_ADDED "role-added" 'M' Minor None Certain ["security"]
        "a role is new"
        "Something more to use.";
    ROLE_ACCESS_REDUCED "role-access-reduced" 'M' Major Minor Certain ["security", "subscribers"]
        "the members of a role may do or see less"
        "What they did before fails.";
    ROLE_ACCESS_EXTENDED "role-access-extended" 'M' Minor None Certain ["security"]
        "the members of a role may do or see more"
        "More people may do more: security agrees first.";
    APPROVER_CHANGED "approver-changed" 'M' Patch Patch Certain []
        "who decides on membership of a role"
        "Who already has access keeps it.";
    NETWORK_RESTRICTED "network-restricted" 'M' Major Minor Certain ["security", "subscribers"]
        "callers may come from fewer networks, or with newer software only"
        "Some callers can not connect any more.";
    NETWORK_RELAXED "network-relaxed" 'M' Minor None Certain ["security"]
        "callers may come from more networks, or with older software"
        "More callers can connect: security agrees first.";
    PROTOCOL_VERSION_DROPPED "protocol-version-dropped" 'M' Major Minor Certain ["subscribers"]
        "a version of the protocol or driver is no longer served"
        "Old callers fail.";
    PROTOCOL_VERSION_ADDED "protocol-version-added" 'M' Minor Major Certain []
        "one more version of the protocol or driver is served"
        "Something more to use, and to keep going.";
    PROHIBITED_USE_ADDED "prohibited-use-added" 'M' Major None Certain ["legal", "subscribers"]
        "a use is forbidden now"
        "A consumer's declared purpose may be forbidden now.";
    PROHIBITED_USE_REMOVED "prohibited-use-removed" 'M' Minor None Certain ["legal"]
        "a use is forbidden no longer"
        "More is allowed.";
    SHARING_RESTRICTED "sharing-restricted" 'M' Major None Certain ["legal", "subscribers"]
        "readers may give the data to fewer others"
        "What is built on the data and given to others loses its ground.";
    SHARING_RELAXED "sharing-relaxed" 'M' Minor None Certain ["legal", "privacy"]
        "readers may give the data to more others"
        "More is allowed: privacy agrees first.";
    CREDENTIALS_ROTATION_SHORTENED "credentials-rotation-shortened" 'M' Major Minor Possible ["security"]
        "keys and passwords hold for less time"
        "Callers that nobody looks after fail.";
    CREDENTIALS_ROTATION_LENGTHENED "credentials-rotation-lengthened" 'M' Minor Major Possible ["security"]
        "keys and passwords hold for more time"
        "Callers have more time to renew them; a stolen key works for longer.";
}
