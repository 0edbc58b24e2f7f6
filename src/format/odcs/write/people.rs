//! Who publishes the data, whom to ask, who may have it, and what it costs.

use super::Writer;
use super::entries::{Entries, leftovers};
use super::order::{CHANNEL, ROLE};
use super::place::Place;
use crate::format::native::write::tree::plain_number;
use crate::format::odcs::version::Version::V3_1_0;
use crate::model::{Channel, Literal, Role};

impl Writer<'_> {
    /// The team with its members, of whom the owner is the first. Before 3.1 a team is its members and has no name.
    pub(super) fn team(&self) -> Option<Literal> {
        let publisher = &self.contract.publisher;
        let mut members = Vec::with_capacity(publisher.members.len() + 1);
        if let Some(owner) = &publisher.owner {
            let mut entries = Entries::default();
            entries.text("username", Some(owner));
            entries.text("role", Some("owner"));
            members.push(entries.into_literal());
        }
        for member in &publisher.members {
            let mut entries = Entries::default();
            entries.text("username", Some(member));
            members.push(entries.into_literal());
        }
        if self.version < V3_1_0 {
            return (!members.is_empty()).then_some(Literal::List(members));
        }
        let mut team = Entries::default();
        team.text("name", publisher.team.as_deref());
        team.list("members", members);
        (!team.is_empty()).then(|| team.into_literal())
    }

    pub(super) fn support(&self) -> Vec<Literal> {
        let publisher = &self.contract.publisher;
        let mut support = Vec::with_capacity(publisher.channels.len() + 1);
        if let Some(mail) = &publisher.contact_email {
            let mut entries = Entries::default();
            entries.text("channel", Some("email"));
            entries.text("tool", Some("email"));
            entries.text("url", Some(&format!("mailto:{mail}")));
            support.push(entries.into_literal());
        }
        support.extend(publisher.channels.iter().map(|channel| self.channel(channel)));
        support
    }

    fn channel(&self, channel: &Channel) -> Literal {
        let mut entries = Entries::default();
        entries.text("channel", Some(&channel.channel));
        // Before 3.1 there must be one.
        let has_url = !channel.to.is_empty() || self.version < V3_1_0;
        entries.text("url", has_url.then_some(channel.to.as_str()));
        if self.version >= V3_1_0 {
            entries.list("customProperties", super::custom_properties(&channel.metadata));
        }
        if !self.is_denied(&Place::Root, "support") {
            self.leftovers(&mut entries, &channel.metadata, CHANNEL, &Place::Root);
        }
        entries.in_order(CHANNEL)
    }

    pub(super) fn roles(&mut self) -> Vec<Literal> {
        let contract = self.contract;
        let roles = contract.access.as_ref().map_or(&[][..], |access| &access.roles);
        roles.iter().enumerate().map(|(index, role)| self.role(index, role)).collect()
    }

    fn role(&mut self, index: usize, role: &Role) -> Literal {
        let mut entries = Entries::default();
        entries.text("role", Some(&role.name));
        let more = leftovers(&role.metadata);
        let is_left = matches!(more, Some(Literal::Map(more)) if more.iter().any(|(key, _)| key == "access"));
        entries.text("access", (!is_left).then_some(role.allows.name()));
        entries.text("description", role.description.as_deref());
        let mut approvers = role.approvers.iter();
        entries.text("firstLevelApprovers", approvers.next().map(String::as_str));
        entries.text("secondLevelApprovers", approvers.next().map(String::as_str));
        self.custom(&mut entries, super::custom_properties(&role.metadata), Place::Role(index));
        self.leftovers(&mut entries, &role.metadata, ROLE, &Place::Role(index));
        entries.in_order(ROLE)
    }

    pub(super) fn price(&self) -> Option<Literal> {
        let price = self.contract.price.as_deref()?;
        let mut entries = Entries::default();
        entries.put("priceAmount", plain_number(price.amount));
        entries.text("priceCurrency", Some(&price.currency));
        entries.text("priceUnit", price.per.as_deref());
        Some(entries.into_literal())
    }
}
