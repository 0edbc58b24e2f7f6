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
        "a lower availability is promised"
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
    FRESHNESS_ELEMENT_CHANGED "freshness-element-changed" 'L' Major Major Certain []
        "the field that tells the age of the data"
        "Another field is another promise.";
    DELIVERY_DAYS_REDUCED "delivery-days-reduced" 'L' Major Minor Certain []
        "data comes on fewer days"
        "Fewer deliveries.";
    DELIVERY_DAYS_EXTENDED "delivery-days-extended" 'L' Minor Major Certain []
        "data comes on more days"
        "More deliveries.";
    DELIVERY_MODE_CHANGED "delivery-mode-changed" 'L' Major Major Certain []
        "how new data comes"
        "Another integration.";
    AVAILABILITY_WINDOW_CHANGED "availability-window-changed" 'L' Major Minor Possible []
        "when availability counts, or over which time"
        "The same share of less time, or of a longer time of counting, allows longer outages.";
    MAINTENANCE_WINDOW_EXTENDED "maintenance-window-extended" 'L' Major Minor Certain []
        "more planned downtime"
        "The service may be down longer.";
    MAINTENANCE_WINDOW_REDUCED "maintenance-window-reduced" 'L' Minor Major Certain []
        "less planned downtime"
        "A stronger promise to readers, a heavier one for writers.";
    THROUGHPUT_LOWERED "throughput-lowered" 'L' Major Minor Certain []
        "the service takes or gives less"
        "Less may come in the same time.";
    THROUGHPUT_RAISED "throughput-raised" 'L' Minor Major Certain []
        "the service takes or gives more"
        "A stronger promise to readers, a heavier one for writers.";
    ERROR_RATE_RAISED "error-rate-raised" 'L' Major Minor Certain []
        "more requests may fail"
        "More failed requests are a kept promise.";
    ERROR_RATE_LOWERED "error-rate-lowered" 'L' Minor Major Certain []
        "fewer requests may fail"
        "A stronger promise to readers, a heavier one for writers.";
    REPLAY_WINDOW_SHORTENED "replay-window-shortened" 'L' Major Minor Certain ["subscribers"]
        "a stream can be read again for less time"
        "A consumer that was down for longer can not go on where it stopped.";
    REPLAY_WINDOW_LENGTHENED "replay-window-lengthened" 'L' Minor Major Certain []
        "a stream can be read again for more time"
        "A stronger promise to readers, a heavier one for writers.";
    BACKUP_FREQUENCY_LOWERED "backup-frequency-lowered" 'L' Major Minor Certain []
        "backups are made less often"
        "More may be lost.";
    BACKUP_FREQUENCY_RAISED "backup-frequency-raised" 'L' Minor Major Certain []
        "backups are made more often"
        "A stronger promise to readers, a heavier one for writers.";
    TIME_TO_DETECT_RAISED "time-to-detect-raised" 'L' Major Minor Certain []
        "an incident may be noticed, told or mended later"
        "Readers work longer with what is wrong.";
    TIME_TO_DETECT_LOWERED "time-to-detect-lowered" 'L' Minor Major Certain []
        "an incident is noticed, told or mended sooner"
        "A stronger promise to readers, a heavier one for writers.";
    SUPPORT_HOURS_REDUCED "support-hours-reduced" 'L' Major Minor Certain []
        "people are helped in fewer hours, or later"
        "Whoever asks waits longer.";
    SUPPORT_HOURS_EXTENDED "support-hours-extended" 'L' Minor Major Certain []
        "people are helped in more hours, or sooner"
        "A stronger promise to readers, a heavier one for writers.";
    SLA_DRIVER_CHANGED "sla-driver-changed" 'L' Minor Minor Review []
        "what the service levels are there for"
        "It tells how much they count; somebody has to look whether they count less.";
    GENERAL_AVAILABILITY_POSTPONED "general-availability-postponed" 'L' Major Minor Certain []
        "the data can be had by everybody later"
        "The promise starts later.";
    GENERAL_AVAILABILITY_BROUGHT_FORWARD "general-availability-brought-forward" 'L' Minor Major Certain []
        "the data can be had by everybody earlier"
        "The producer must be ready sooner.";
    END_OF_SUPPORT_BROUGHT_FORWARD "end-of-support-brought-forward" 'L' Major Minor Certain ["gate"]
        "support ends earlier"
        "Less time than was promised.";
    END_OF_SUPPORT_POSTPONED "end-of-support-postponed" 'L' Minor Major Certain []
        "support ends later"
        "A stronger promise to readers, a heavier one for writers.";
    PENALTY_REDUCED "penalty-reduced" 'L' Major Minor Certain ["legal"]
        "less is paid back for a broken promise"
        "A weaker remedy.";
    PENALTY_RAISED "penalty-raised" 'L' Minor Major Certain ["legal"]
        "more is paid back for a broken promise"
        "A stronger remedy.";
}
