use super::*;
use crate::{
    directive::Directive::{Evict, Refresh},
    ids::StoryId,
    seq::Millis,
};

const LOG: LogId = LogId::from_bits(9);
const FIRST: Tag = Tag::Story(StoryId::from_bits(1));
const SECOND: Tag = Tag::Story(StoryId::from_bits(2));

fn holds(tags: &[Tag], since: u64) -> Holds {
    Holds { log: LOG, tags: tags.to_vec(), since: Seq(since) }
}

/// A tab that leads, with an open line, and has said what it holds.
fn leader() -> Tab {
    let mut tab = Tab::new(1, LOG);
    assert_eq!(tab.handle(LineEvent::Lead), [LineEffect::Connect]);
    tab.handle(LineEvent::Opened);
    let said = tab.handle(LineEvent::Held(vec![(FIRST, Seq(5))]));
    assert_eq!(said, [LineEffect::Send(holds(&[FIRST], 5))]);
    tab
}

#[test]
fn only_what_is_new_is_said_and_asked_about() {
    let mut tab = leader();
    assert_eq!(tab.handle(LineEvent::Held(vec![(FIRST, Seq(6))])), []);
    let said = tab.handle(LineEvent::Held(vec![(SECOND, Seq(8)), (FIRST, Seq(3)), (SECOND, Seq(7))]));
    assert_eq!(said, [LineEffect::Send(holds(&[SECOND, FIRST], 7))]);
}

#[test]
fn the_leader_speaks_for_all_and_passes_on_what_it_hears() {
    let (mut tab, mut other) = (leader(), Tab::new(2, LOG));
    let said = other.handle(LineEvent::Held(vec![(SECOND, Seq(7))]));
    let [LineEffect::Gossip(gossip)] = &said[..] else { panic!("{said:?}") };
    let spoken = tab.handle(LineEvent::Heard(gossip.clone()));
    let expected = [LineEffect::Gossip(Gossip::Line(true)), LineEffect::Send(holds(&[FIRST, SECOND], 7))];
    assert_eq!(spoken, expected);

    let told = Told::Row { seq: Seq(9), directives: vec![Refresh(SECOND)], spread: 3 };
    let apply = LineEffect::Apply(Seq(9), vec![Refresh(SECOND)], 3);
    let passed = tab.handle(LineEvent::Said(told.clone()));
    assert_eq!(passed, [LineEffect::Gossip(Gossip::Told(told.clone())), apply.clone()]);
    assert_eq!(other.handle(LineEvent::Heard(Gossip::Told(told))), [apply]);

    tab.handle(LineEvent::Heard(Gossip::Left(2)));
    let said = tab.handle(LineEvent::Held(vec![(FIRST, Seq(9)), (Tag::Feed, Seq(9))]));
    assert_eq!(said, [LineEffect::Send(holds(&[FIRST, Tag::Feed], 9))]);
}

#[test]
fn a_write_is_told_to_the_other_tabs() {
    let (mut tab, mut other) = (Tab::new(1, LOG), Tab::new(2, LOG));
    let receipt = Receipt { seq: Seq(4), at: Millis(0), directives: vec![Evict(FIRST)], areas: vec![] };
    let said = tab.handle(LineEvent::Wrote(receipt));
    let [LineEffect::Gossip(gossip)] = &said[..] else { panic!("{said:?}") };
    assert_eq!(other.handle(LineEvent::Heard(gossip.clone())), [LineEffect::Apply(Seq(4), vec![Evict(FIRST)], 0)]);
}

#[test]
fn a_cut_line_is_tried_again_ever_more_slowly_and_then_everything_is_said_anew() {
    let mut tab = leader();
    for pause in [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
        let effects = tab.handle(LineEvent::Closed);
        assert_eq!(effects.last(), Some(&LineEffect::RetryWithin(pause)));
        assert_eq!(tab.handle(LineEvent::Retry), [LineEffect::Connect]);
        assert_eq!(tab.handle(LineEvent::Retry), [], "one call at a time");
    }
    let effects = tab.handle(LineEvent::Opened);
    assert!(effects.contains(&LineEffect::Gossip(Gossip::Roll)) && effects.contains(&LineEffect::SayHeld));
    assert_eq!(tab.handle(LineEvent::Held(vec![(FIRST, Seq(5))])), [LineEffect::Send(holds(&[FIRST], 5))]);
    assert_eq!(tab.handle(LineEvent::Closed).last(), Some(&LineEffect::RetryWithin(500)));
}

#[test]
fn who_does_not_lead_makes_no_line() {
    let mut tab = Tab::new(1, LOG);
    assert_eq!(tab.handle(LineEvent::Retry), []);
    assert_eq!(tab.handle(LineEvent::Leaving), [LineEffect::Gossip(Gossip::Left(1))]);
}

#[test]
fn what_is_evicted_goes_at_once_and_a_lost_log_is_asked_about() {
    let row = |directives: &[Directive]| Told::Row { seq: Seq(1), directives: directives.to_vec(), spread: 900 };
    assert_eq!(apply(row(&[Refresh(FIRST)])), [LineEffect::Apply(Seq(1), vec![Refresh(FIRST)], 900)]);
    let both = vec![Refresh(FIRST), Evict(SECOND)];
    assert_eq!(apply(row(&both)), [LineEffect::Apply(Seq(1), both.clone(), 0)]);
    assert_eq!(apply(Told::CaughtUp(CatchUp::Lost { head: Seq(7) })), [LineEffect::CatchUp]);
}
