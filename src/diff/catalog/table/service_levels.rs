//! Service levels.

use crate::diff::catalog::catalog;

catalog! { SERVICE_LEVELS:
    FRESHNESS_LOOSENED "freshness-loosened" 'L' Major Minor Certain ["subscribers"]
        "data may be older"
        "Older data is a kept promise.";
    FRESHNESS_TIGHTENED "freshness-tightened" 'L' Minor Major Certain []
        "data is newer"
        "A stronger promise to readers, a heavier one for writers.";
    LATENCY_LOOSENED "latency-loosened" 'L' Major Minor Certain []
        "answers may be slower"
        "Slower answers are a kept promise.";
    LATENCY_TIGHTENED "latency-tightened" 'L' Minor Major Certain []
        "answers are faster"
        "A stronger promise to readers, a heavier one for writers.";
    FREQUENCY_LOWERED "frequency-lowered" 'L' Major Minor Certain ["subscribers"]
        "new data comes less often"
        "Schedules downstream starve.";
    FREQUENCY_RAISED "frequency-raised" 'L' Minor Major Certain []
        "new data comes more often"
        "A stronger promise; whoever is pushed to gets more.";
    READY_BY_LATER "ready-by-later" 'L' Major Minor Certain ["subscribers"]
        "data is ready later in the day"
        "Downstream jobs start on old data.";
    READY_BY_EARLIER "ready-by-earlier" 'L' Minor Major Certain []
        "data is ready earlier in the day"
        "A stronger promise to readers, a heavier one for writers.";
    READY_BY_TIMEZONE_CHANGED "ready-by-timezone-changed" 'L' Computed Computed Certain []
        "the zone of the time by which data is ready"
        "Another zone is another moment, and not the same one all year.";
    AVAILABILITY_LOWERED "availability-lowered" 'L' Major Minor Certain ["subscribers"]
        "the service may be down longer"
        "The service may be down longer.";
    AVAILABILITY_RAISED "availability-raised" 'L' Minor Major Certain []
        "the service is up longer"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    RETENTION_SHORTENED "retention-shortened" 'L' Major Minor Certain ["subscribers", "privacy"]
        "data is kept for less time"
        "Readers of history lose data.";
    RETENTION_LENGTHENED "retention-lengthened" 'L' Minor Major Certain ["privacy"]
        "data is kept for more time"
        "More history; privacy review, storage limitation may forbid it.";
    RPO_RAISED "rpo-raised" 'L' Major Minor Certain []
        "more data may be lost in a disaster"
        "More is allowed than readers were promised.";
    RPO_LOWERED "rpo-lowered" 'L' Minor Major Certain []
        "less data may be lost in a disaster"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    RTO_RAISED "rto-raised" 'L' Major Minor Certain []
        "recovery may take longer"
        "More is allowed than readers were promised.";
    RTO_LOWERED "rto-lowered" 'L' Minor Major Certain []
        "recovery is faster"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    SLA_ADDED "sla-added" 'L' Minor Major Certain []
        "a service level is new"
        "A new promise to readers, a new duty for writers.";
    SLA_REMOVED "sla-removed" 'L' Major Minor Certain ["subscribers"]
        "a service level is gone"
        "A promise is withdrawn.";
    SLA_PROPERTY_UNKNOWN "sla-property-unknown" 'L' Major Major Review []
        "a service level that can not be compared"
        "Which of the two promises more can not be told: somebody has to look.";
}
