use jiff::civil::Time;

use crate::finding::{Edit, Finding, Fix, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{
    Contract, Literal, Measure, Measuring, Metric, OperationTerms, Operator, Path, Quality, Quantity, ServiceLevels,
    SourceId, Subscriber, Subscription,
};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unreadable-threshold",
        group: Group::Quality,
        severity: Severity::Error,
        by_default: true,
        summary: "A threshold can't be read, or measures the wrong thing.",
        page: include_str!("unreadable_threshold.md"),
    },
    checks: &[
        Check::Contract(contract_thresholds),
        Check::Quality(rule_thresholds),
        Check::Subscription(subscription_thresholds),
    ],
};

/// What a threshold has to measure.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wanted {
    /// A share from 0 to 100 %.
    Share,
    /// A share that may be larger than 100 %.
    Deviation,
    /// A span of time.
    Time,
    /// A number of rows.
    Count,
    /// A share from 0 to 100 %, or a number of rows.
    ShareOrCount,
    /// So many of something in a time.
    Rate,
}

impl Wanted {
    fn of(metric: Metric) -> Self {
        match metric {
            Metric::Freshness => Self::Time,
            Metric::Volume => Self::Count,
            Metric::Completeness | Metric::Accuracy | Metric::Availability | Metric::Uniqueness => Self::Share,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Share => "a share such as `99.5%`",
            Self::Deviation => "a share such as `20%`",
            Self::Time => "a time such as `15 minutes`",
            Self::Count => "a count such as `1000`",
            Self::Rate => "a rate such as `1000 rows/s`",
            Self::ShareOrCount => "a share such as `99.5%` or a count such as `10`",
        }
    }
}

/// The thresholds of one document, and where they stand.
struct Thresholds<'a> {
    source: SourceId,
    findings: &'a mut Vec<Finding>,
}

fn contract_thresholds(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let root = Path::root();
    let mut thresholds = Thresholds { source: contract.source, findings };
    thresholds.quality(&root, &contract.quality);
    thresholds.service_levels(&root, &contract.service_levels);
    for dataset in &contract.datasets {
        let path = Path::dataset(&dataset.name);
        thresholds.quality(&path, &dataset.quality);
        thresholds.service_levels(&path, &dataset.service_levels);
        dataset.walk(&mut |path, field| {
            let window = field.privacy.as_ref().and_then(|privacy| privacy.erase_within.as_ref());
            if window.is_some() {
                thresholds.one(&path.key("privacy"), "erase_within", window, Wanted::Time);
            }
        });
        thresholds.one(&path, "late_arrival", dataset.late_arrival.as_ref(), Wanted::Time);
    }
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        thresholds.overrides(&Path::of("subscribers").index(index), subscriber);
    }
    let obligations = Path::of("obligations");
    thresholds.one(&obligations, "notice_period", contract.obligations.notice_period.as_ref(), Wanted::Time);
    thresholds.one(&obligations, "retention", contract.obligations.retention.as_ref(), Wanted::Time);
    if let Some(access) = &contract.access {
        let path = Path::of("access");
        thresholds.one(&path, "credentials_rotation", access.credentials_rotation.as_ref(), Wanted::Time);
    }
}

fn rule_thresholds(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let rule = at.rule;
    findings.extend(deviation(at));
    if rule.threshold.is_some() || rule.measuring.is_some() {
        let (path, mut thresholds) = (at.path(), Thresholds { source: at.contract.source, findings });
        thresholds.one(&path, "threshold", rule.threshold.as_ref(), Wanted::ShareOrCount);
        thresholds.measuring(&path, rule.measuring.as_deref());
    }
}

/// How far a result may be from its baseline, where that says nothing.
fn deviation(at: &RuleAt<'_>) -> Option<Finding> {
    let bound = at.rule.assertion.as_deref()?.bound.as_ref().filter(|bound| bound.near().is_none())?;
    // That one of the two is missing, or the baseline is no number, is told elsewhere.
    let (Operator::Near, [usual, deviation]) = (bound.operator, bound.values.as_slice()) else { return None };
    let usual = usual.number().filter(|usual| usual.is_finite())?;
    let is_share = || Quantity::new(deviation.text().unwrap_or_default()).percent().is_some();
    let text = quoted(&deviation.to_string());
    let (message, help) = if usual == 0.0 && is_share() {
        (format!("{text} of a baseline of 0 is nothing"), "write a number, such as `5`")
    } else {
        let message = format!("{text} does not say how far a result may be from its baseline");
        (message, "write a number such as `5`, or a share of the baseline such as `10%`; neither is less than 0")
    };
    Some(Finding::new(&RULE.meta, at.label_of("deviation"), message).help(help))
}

fn subscription_thresholds(subscription: &Subscription, _: &Context<'_>, findings: &mut Vec<Finding>) {
    Thresholds { source: subscription.source, findings }.overrides(&Path::root(), &subscription.subscriber);
}

impl Thresholds<'_> {
    fn overrides(&mut self, subscriber: &Path, of: &Subscriber) {
        let path = subscriber.key("overrides");
        self.quality(&path, &of.overrides.quality);
        self.service_levels(&path, &of.overrides.service_levels);
    }

    fn quality(&mut self, owner: &Path, quality: &[Quality]) {
        for (index, promise) in quality.iter().enumerate() {
            let path = owner.key("quality").index(index);
            self.one(&path, "threshold", Some(&promise.threshold), Wanted::of(promise.metric));
            self.measuring(&path, promise.measuring.as_deref());
            let of_freshness = promise.metric == Metric::Freshness;
            if !of_freshness && promise.measuring.as_ref().is_some_and(|one| one.timestamp_field.is_some()) {
                let metric = promise.metric.name();
                let message = format!("`timestamp_field` tells the age of data, and this promise is about {metric}");
                let label = Label::at(self.source, path.key("timestamp_field"));
                let help = "remove it, or promise `freshness`";
                self.findings.push(Finding::new(&RULE.meta, label, message).help(help));
            }
        }
    }

    fn measuring(&mut self, owner: &Path, measuring: Option<&Measuring>) {
        self.one(owner, "check_every", measuring.and_then(|measuring| measuring.every.as_ref()), Wanted::Time);
    }

    fn service_levels(&mut self, owner: &Path, levels: &ServiceLevels) {
        let path = owner.key("service_levels");
        self.one(&path, "cadence", levels.cadence.as_ref(), Wanted::Time);
        self.one(&path, "completeness_min", levels.completeness_min.as_ref(), Wanted::Share);
        self.one(&path, "availability", levels.availability.as_ref(), Wanted::Share);
        self.one(&path, "rpo", levels.rpo.as_ref(), Wanted::Time);
        self.one(&path, "rto", levels.rto.as_ref(), Wanted::Time);
        self.one(&path, "retention", levels.retention.as_ref(), Wanted::Time);
        let volume = path.key("volume");
        self.one(&volume, "baseline", levels.volume.baseline.as_ref(), Wanted::Count);
        self.one(&volume, "floor", levels.volume.floor.as_ref(), Wanted::Count);
        self.one(&volume, "ceiling", levels.volume.ceiling.as_ref(), Wanted::Count);
        self.one(&volume, "deviation", levels.volume.deviation.as_ref(), Wanted::Deviation);
        let latency = path.key("latency");
        self.one(&latency, "p50", levels.latency_p50.as_ref(), Wanted::Time);
        self.one(&latency, "p95", levels.latency_p95.as_ref(), Wanted::Time);
        if let Some(operation) = levels.operation.as_deref() {
            self.operation(&path, operation);
        }
        if let Some(ready_by) = &levels.ready_by
            && !is_ready_by(ready_by)
        {
            let message = if ready_by.trim().parse::<Time>().is_ok() {
                format!("{} has no zone: nobody can tell when that is", quoted(ready_by))
            } else {
                format!("{} is no time of day with its zone", quoted(ready_by))
            };
            let label = Label::at(self.source, path.key("ready_by"));
            let help = "write a time and a zone, such as `06:00 Europe/Amsterdam` or `06:00 UTC`";
            self.findings.push(Finding::new(&RULE.meta, label, message).help(help));
        }
    }

    fn operation(&mut self, path: &Path, all: &OperationTerms) {
        self.one(path, "availability_period", all.availability_period.as_ref(), Wanted::Time);
        self.one(path, "throughput", all.throughput.as_ref(), Wanted::Rate);
        self.one(path, "error_rate", all.error_rate.as_ref(), Wanted::Share);
        self.one(path, "replay_window", all.replay_window.as_ref(), Wanted::Time);
        self.one(path, "backup_every", all.backup_every.as_ref(), Wanted::Time);
        self.one(path, "penalty", all.penalty.as_ref(), Wanted::Share);
        if let Some(maintenance) = &all.maintenance {
            let path = path.key("maintenance");
            self.one(&path, "at_most", maintenance.at_most.as_ref(), Wanted::Time);
            self.one(&path, "period", maintenance.period.as_ref(), Wanted::Time);
        }
        let incidents = path.key("incidents");
        self.one(&incidents, "detect_within", all.incidents.detect_within.as_ref(), Wanted::Time);
        self.one(&incidents, "notify_within", all.incidents.notify_within.as_ref(), Wanted::Time);
        self.one(&incidents, "repair_within", all.incidents.repair_within.as_ref(), Wanted::Time);
        self.one(&path.key("support"), "respond_within", all.support.respond_within.as_ref(), Wanted::Time);
    }

    fn one(&mut self, owner: &Path, key: &'static str, quantity: Option<&Quantity>, wanted: Wanted) {
        let Some(quantity) = quantity else { return };
        let text = quoted(&quantity.text);
        let message = match (quantity.measure(), wanted) {
            (Err(_), _) => format!("{text} is no share (99.5%), no time (15 minutes), no rate (10 req/s) and no count"),
            (Ok(Measure::Percent(share)), Wanted::Share | Wanted::ShareOrCount) if share > 100.0 => {
                format!("{text} is more than all of it")
            }
            (Ok(Measure::Count(count)), Wanted::ShareOrCount) if 0.0 < count && count < 1.0 => {
                format!("`{key}` expects {}, and {text} is less than one row", wanted.expected())
            }
            (Ok(Measure::Percent(_)), Wanted::Share | Wanted::Deviation | Wanted::ShareOrCount)
            | (Ok(Measure::Duration(_)), Wanted::Time)
            | (Ok(Measure::Count(_)), Wanted::Count | Wanted::ShareOrCount)
            | (Ok(Measure::Rate(..)), Wanted::Rate) => return,
            (Ok(Measure::Percent(_)), _) => format!("`{key}` expects {}, and {text} is a share", wanted.expected()),
            (Ok(Measure::Duration(_)), _) => format!("`{key}` expects {}, and {text} is a time", wanted.expected()),
            (Ok(Measure::Rate(..)), _) => format!("`{key}` expects {}, and {text} is a rate", wanted.expected()),
            (Ok(Measure::Count(_)), Wanted::Rate) => {
                format!("`{key}` expects {}, and {text} says nothing of a time", wanted.expected())
            }
            (Ok(Measure::Count(_)), _) => format!("`{key}` expects {}, and {text} has no unit", wanted.expected()),
        };
        let label = Label::at(self.source, owner.key(key));
        let place = label.place.clone();
        let finding = Finding::new(&RULE.meta, label, message);
        self.findings.push(match meant(quantity, wanted) {
            Some(share) => {
                let edits = vec![Edit::Value(place, Literal::Text(share.clone()))];
                // What could not be read promised nothing before.
                let fix = Fix::guess(format!("write `{share}`"), edits);
                // Of errors there are few, so that either may be meant.
                let or = if key == "error_rate" && quantity.count().is_some_and(|count| count < 1.0) {
                    format!("; `{}%`, if the number counts percent already", quantity.text.trim())
                } else {
                    String::new()
                };
                finding.help(format!("write `{share}`, if that is meant{or}")).fix(fix)
            }
            None => finding.help(format!("write {}", wanted.expected())),
        });
    }
}

/// The share that somebody most likely meant who wrote a number without its unit, or in words.
fn meant(quantity: &Quantity, wanted: Wanted) -> Option<String> {
    let is_part = wanted == Wanted::ShareOrCount && quantity.count().is_some_and(|count| count < 1.0);
    if !is_part && !matches!(wanted, Wanted::Share | Wanted::Deviation) {
        return None;
    }
    let text = quantity.text.trim();
    let share = |number: &str| {
        let share = format!("{}%", number.trim());
        Quantity::new(share.clone()).percent().filter(|share| *share <= 100.0).map(|_| share)
    };
    let words = ["percent", "per cent", "pct", "percentage"];
    if let Some(number) = words.iter().find_map(|word| text.strip_suffix(word)) {
        return share(number);
    }
    if let Some((whole, fraction)) = text.strip_suffix('%').and_then(|number| number.split_once(',')) {
        return share(&format!("{whole}.{fraction}"));
    }
    match quantity.count()? {
        // 1 may be all of it, or a hundredth.
        count if count > 1.0 => share(text),
        count if 0.0 < count && count < 1.0 => {
            let percent = (count * 1e8).round() / 1e6;
            share(&percent.to_string())
        }
        _ => None,
    }
}

/// Whether a text is a time of day and a zone. Whether the zone exists is for those who have a database of zones: here
/// it has to look like one, by its IANA name or as an offset from UTC.
fn is_ready_by(text: &str) -> bool {
    let Some((time, zone)) = text.trim().split_once(' ') else { return false };
    let zone = zone.trim();
    let named = zone.len() <= 64
        && zone.starts_with(|first: char| first.is_ascii_alphabetic())
        && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'+'));
    let offset = zone.strip_prefix(['+', '-']).is_some_and(|offset| offset.parse::<Time>().is_ok());
    time.parse::<Time>().is_ok() && (named || offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_without_their_unit_are_guessed() {
        let cases = [
            ("99.5", Some("99.5%")),
            ("0.995", Some("99.5%")),
            ("0.07", Some("7%")),
            ("99,5%", Some("99.5%")),
            ("99.5 percent", Some("99.5%")),
            ("1", None),
            ("0", None),
            ("250", None),
            ("soon", None),
            ("15 minutes", None),
        ];
        for (text, expected) in cases {
            let found = meant(&Quantity::new(text), Wanted::Share);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        assert_eq!(meant(&Quantity::new("0.95"), Wanted::ShareOrCount).as_deref(), Some("95%"));
        assert_eq!(meant(&Quantity::new("15"), Wanted::ShareOrCount), None, "15 rows");
        assert_eq!(meant(&Quantity::new("15"), Wanted::Time), None, "minutes, hours or days?");
    }
}
