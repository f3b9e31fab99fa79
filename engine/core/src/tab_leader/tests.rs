use super::*;
use crate::{
    directive::Directive::{Evict, Refresh},
    example::{Example, Tag},
    seq::Millis,
};

type Tab = TabLeader<Example>;
type LineEvent = super::LineEvent<Example>;
type LineEffect = super::LineEffect<Example>;
type TabMessage = super::TabMessage<Example>;
type Receipt = crate::Receipt<Example>;

const LOG: LogId = LogId::from_bits(9);
const FIRST: Tag = Tag::Page(1);
const SECOND: Tag = Tag::Page(2);

fn holds(tags: &[Tag], since: u64) -> Subscribe<Tag> {
    Subscribe { log: LOG, tags: tags.to_vec(), since: Seq(since) }
}

/// A tab that leads, with an open line, and has said what it holds.
fn leader() -> Tab {
    let mut tab = Tab::new(1, LOG);
    assert_eq!(tab.handle(LineEvent::Lead), [LineEffect::Connect]);
    tab.handle(LineEvent::Opened);
    let said = tab.handle(LineEvent::Held(vec![(FIRST, Seq(5))]));
    assert_eq!(said, [LineEffect::Send(holds(&[FIRST], 5))]);
    tab.handle(answer());
    tab
}

/// The server answers what a tab said that it holds.
fn answer() -> LineEvent {
    LineEvent::Said(ServerMessage::CaughtUp(CatchUp::Changes { head: Seq(5), log: vec![] }))
}

/// What a tab does in so many seconds, told apart from what it says to the others.
fn in_seconds(tab: &mut Tab, seconds: u32) -> Vec<(u32, LineEffect)> {
    let second = |second| tab.handle(LineEvent::Tick).into_iter().map(move |effect| (second, effect));
    let effects = (1..=seconds).flat_map(second);
    effects.filter(|(_, effect)| !matches!(effect, LineEffect::TellTabs(_))).collect()
}

#[test]
fn a_line_is_live_once_it_speaks_and_as_long_as_it_does() {
    let mut tab = Tab::new(1, LOG);
    tab.handle(LineEvent::Lead);
    let opened = tab.handle(LineEvent::Opened);
    assert!(!opened.contains(&LineEffect::Line(true)), "what answers may be no server");
    let beat = ServerMessage::Beat { head: Seq(5) };
    let expected = [LineEffect::Line(true), LineEffect::TellTabs(TabMessage::Said(beat.clone()))];
    assert_eq!(tab.handle(LineEvent::Said(beat.clone()))[..2], expected);
    for _ in 0..10 {
        assert_eq!(in_seconds(&mut tab, 4), []);
        assert!(tab.handle(LineEvent::Said(beat.clone())).contains(&LineEffect::Here), "and is answered");
    }
}

/// A node that was behind tells what it missed, and is cut off in the middle of that.
#[test]
fn a_row_does_not_say_that_there_is_no_later_one() {
    let mut tab = leader();
    let row = ServerMessage::Row { seq: Seq(6), directives: vec![Refresh(FIRST)], spread: 0 };
    for _ in 0..4 {
        assert_eq!(in_seconds(&mut tab, 1), []);
        tab.handle(LineEvent::Said(row.clone()));
    }
    assert_eq!(in_seconds(&mut tab, 1), [(1, LineEffect::Line(false)), (1, LineEffect::CatchUp)]);
}

/// Both directions are swallowed, and neither end hangs up.
#[test]
fn a_line_that_falls_silent_is_not_trusted_and_the_tab_asks() {
    let mut tab = leader();
    let noticed = [LineEffect::Line(false), LineEffect::CatchUp, LineEffect::Disconnect, LineEffect::RetryWithin(500)];
    assert_eq!(in_seconds(&mut tab, 5), noticed.map(|effect| (5, effect)));
    // The next one is swallowed, too: it is not believed, and the tab goes on asking.
    assert_eq!(tab.handle(LineEvent::Retry), [LineEffect::Connect]);
    tab.handle(LineEvent::Opened);
    let again = [LineEffect::CatchUp, LineEffect::Disconnect, LineEffect::RetryWithin(1_000)];
    assert_eq!(in_seconds(&mut tab, 5), again.map(|effect| (5, effect)));
    assert_eq!(tab.handle(LineEvent::Retry), [LineEffect::Connect]);
    tab.handle(LineEvent::Opened);
    let said = tab.handle(LineEvent::Said(ServerMessage::CaughtUp(CatchUp::Changes { head: Seq(9), log: vec![] })));
    assert_eq!(said[0], LineEffect::Line(true));
    assert_eq!(in_seconds(&mut tab, 4), []);
}

#[test]
fn a_tab_whose_leader_is_silent_goes_on_alone() {
    let mut tab = Tab::new(2, LOG);
    let beat = || LineEvent::Heard(TabMessage::Said(ServerMessage::Beat { head: Seq(5) }));
    assert_eq!(tab.handle(beat()), [LineEffect::Line(true)]);
    assert_eq!(in_seconds(&mut tab, 2), []);
    assert_eq!(tab.handle(beat()), [], "and does not answer for it");
    let alone = [LineEffect::Line(false), LineEffect::CatchUp, LineEffect::Connect];
    assert_eq!(in_seconds(&mut tab, 5), alone.map(|effect| (5, effect)));
    assert_eq!(tab.handle(LineEvent::Heard(TabMessage::Silent)), [], "from now on it knows better");

    // A leader that is there and has no line itself is left to mend it; the tab in front asks.
    let mut tab = Tab::new(2, LOG);
    tab.handle(beat());
    let mut done = vec![];
    for _ in 0..10 {
        tab.handle(LineEvent::Heard(TabMessage::Silent));
        done.extend(in_seconds(&mut tab, 1).into_iter().map(|(_, effect)| effect));
    }
    assert_eq!(done, [LineEffect::Line(false), LineEffect::CatchUp, LineEffect::CatchUp]);
}

/// A leader that stood still passes on what was said seconds ago.
#[test]
fn old_words_of_another_tab_are_not_taken_for_news() {
    let mut tab = Tab::new(2, LOG);
    let beat = || LineEvent::Heard(TabMessage::Said(ServerMessage::Beat { head: Seq(5) }));
    tab.handle(beat());
    assert_eq!(in_seconds(&mut tab, 3), []);
    assert_eq!(tab.handle(beat()), [LineEffect::CatchUp]);
    assert_eq!(tab.handle(beat()), [], "of the same time");
    // Five seconds after the last word that was surely new it is said.
    let noticed = [(2, LineEffect::Line(false)), (2, LineEffect::CatchUp)];
    assert_eq!(in_seconds(&mut tab, 2), noticed);
    assert_eq!(tab.handle(beat()), [LineEffect::Line(true)]);
}

/// A leader trusts the line before for some seconds: what it trusts is not passed on.
/// A line may speak, and not know what a tab holds: its word got lost, or is not answered yet.
#[test]
fn a_line_is_live_for_a_tab_once_the_server_has_answered_it() {
    let (mut tab, mut other) = (Tab::new(1, LOG), Tab::new(2, LOG));
    let beat = || ServerMessage::Beat { head: Seq(5) };
    tab.handle(LineEvent::Lead);
    tab.handle(LineEvent::Opened);
    tab.handle(LineEvent::Held(vec![(FIRST, Seq(5))]));
    assert!(!tab.handle(LineEvent::Said(beat())).contains(&LineEffect::Line(true)));
    assert!(tab.handle(answer()).contains(&LineEffect::Line(true)));

    let said = other.handle(LineEvent::Held(vec![(SECOND, Seq(7))]));
    let [LineEffect::TellTabs(gossip)] = &said[..] else { panic!("{said:?}") };
    tab.handle(LineEvent::Heard(gossip.clone()));
    assert_eq!(other.handle(LineEvent::Heard(TabMessage::Said(beat()))), []);
    assert_eq!(other.handle(LineEvent::Heard(TabMessage::Subscribed(1))), [], "another tab's");
    assert_eq!(other.handle(LineEvent::Heard(TabMessage::Subscribed(2))), [LineEffect::Line(true)]);
}

#[test]
fn the_first_words_to_a_page_that_comes_back_may_be_old() {
    let mut tab = Tab::new(2, LOG);
    let beat = || LineEvent::Heard(TabMessage::Said(ServerMessage::Beat { head: Seq(5) }));
    tab.handle(beat());
    tab.handle(LineEvent::Back);
    assert_eq!(in_seconds(&mut tab, 1), []);
    assert_eq!(tab.handle(beat()), [LineEffect::CatchUp]);
    assert_eq!(in_seconds(&mut tab, 2), []);
    tab.handle(beat());
    assert_eq!(in_seconds(&mut tab, 4), [], "two beats in time, and nothing is said");
}

#[test]
fn only_the_servers_words_show_that_a_line_speaks() {
    let (mut tab, mut other) = (leader(), Tab::new(2, LOG));
    let said = other.handle(LineEvent::Held(vec![(SECOND, Seq(7))]));
    let [LineEffect::TellTabs(gossip)] = &said[..] else { panic!("{said:?}") };
    tab.handle(LineEvent::Closed);
    let told = tab.handle(LineEvent::Heard(gossip.clone()));
    assert_eq!(told, [LineEffect::TellTabs(TabMessage::Silent)]);
    assert_eq!(other.handle(LineEvent::Heard(TabMessage::Silent)), []);
}

#[test]
fn a_page_that_comes_back_gives_its_line_a_moment_to_speak() {
    let mut tab = leader();
    assert_eq!(tab.handle(LineEvent::Back), []);
    assert_eq!(in_seconds(&mut tab, 3), []);
    tab.handle(LineEvent::Said(ServerMessage::Beat { head: Seq(5) }));
    assert_eq!(in_seconds(&mut tab, 4), []);
    tab.handle(LineEvent::Back);
    assert_eq!(in_seconds(&mut tab, 1)[0], (1, LineEffect::Line(false)));
}

/// A page that was put away whole has left the line, and the tab that leads has forgotten what it holds.
#[test]
fn a_page_that_was_put_away_says_again_what_it_holds() {
    let mut tab = Tab::new(2, LOG);
    let held = || LineEvent::Held(vec![(FIRST, Seq(5))]);
    let says = [LineEffect::TellTabs(TabMessage::Subscribe(2, holds(&[FIRST], 5)))];
    assert_eq!(tab.handle(held()), says);
    tab.handle(LineEvent::Leaving);
    assert_eq!(tab.handle(LineEvent::Back), [LineEffect::SayHeld]);
    assert_eq!(tab.handle(held()), says);
    assert_eq!(tab.handle(LineEvent::Back), [], "who was only hidden is known");
}

#[test]
fn a_log_that_goes_back_is_asked_about() {
    let mut tab = leader();
    let beat = |tab: &mut Tab, head| tab.handle(LineEvent::Said(ServerMessage::Beat { head: Seq(head) }));
    assert!(!beat(&mut tab, 7).contains(&LineEffect::CatchUp));
    assert!(beat(&mut tab, 6).contains(&LineEffect::CatchUp));
    assert!(!beat(&mut tab, 6).contains(&LineEffect::CatchUp));
    // Another line may be another node's, which has not heard of all yet.
    tab.handle(LineEvent::Closed);
    tab.handle(LineEvent::Opened);
    assert!(!beat(&mut tab, 5).contains(&LineEffect::CatchUp));
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
    let [LineEffect::TellTabs(gossip)] = &said[..] else { panic!("{said:?}") };
    let spoken = tab.handle(LineEvent::Heard(gossip.clone()));
    assert_eq!(spoken, [LineEffect::Send(holds(&[FIRST, SECOND], 7))]);

    let answered = tab.handle(answer());
    let subscribed = TabMessage::Subscribed(2);
    assert_eq!(answered.last(), Some(&LineEffect::TellTabs(subscribed.clone())));
    assert_eq!(other.handle(LineEvent::Heard(subscribed)), [LineEffect::Line(true)]);

    let told = ServerMessage::Row { seq: Seq(9), directives: vec![Refresh(SECOND)], spread: 3 };
    let apply = LineEffect::Apply(Seq(9), vec![Refresh(SECOND)], 3);
    let passed = tab.handle(LineEvent::Said(told.clone()));
    assert_eq!(passed, [LineEffect::TellTabs(TabMessage::Said(told.clone())), apply.clone()]);
    assert_eq!(other.handle(LineEvent::Heard(TabMessage::Said(told))), [apply]);

    tab.handle(LineEvent::Heard(TabMessage::Left(2)));
    let said = tab.handle(LineEvent::Held(vec![(FIRST, Seq(9)), (Tag::List, Seq(9))]));
    assert_eq!(said, [LineEffect::Send(holds(&[FIRST, Tag::List], 9))]);
}

#[test]
fn a_write_is_told_to_the_other_tabs() {
    let (mut tab, mut other) = (Tab::new(1, LOG), Tab::new(2, LOG));
    let receipt = Receipt { seq: Seq(4), at: Millis(0), directives: vec![Evict(FIRST)], areas: vec![] };
    let said = tab.handle(LineEvent::Wrote(receipt));
    let [LineEffect::TellTabs(gossip)] = &said[..] else { panic!("{said:?}") };
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
    assert!(effects.contains(&LineEffect::TellTabs(TabMessage::Reannounce)) && effects.contains(&LineEffect::SayHeld));
    assert_eq!(tab.handle(LineEvent::Held(vec![(FIRST, Seq(5))])), [LineEffect::Send(holds(&[FIRST], 5))]);
    assert_eq!(tab.handle(LineEvent::Closed).last(), Some(&LineEffect::RetryWithin(30_000)), "it has not spoken");
    tab.handle(LineEvent::Retry);
    tab.handle(LineEvent::Opened);
    tab.handle(LineEvent::Said(ServerMessage::Beat { head: Seq(5) }));
    assert_eq!(tab.handle(LineEvent::Closed).last(), Some(&LineEffect::RetryWithin(500)));
}

#[test]
fn who_does_not_lead_makes_no_line() {
    let mut tab = Tab::new(1, LOG);
    assert_eq!(tab.handle(LineEvent::Retry), []);
    assert_eq!(tab.handle(LineEvent::Leaving), [LineEffect::TellTabs(TabMessage::Left(1))]);
}

#[test]
fn what_is_evicted_goes_at_once_and_a_lost_log_is_asked_about() {
    let row = |directives: &[Directive<Tag>]| ServerMessage::Row {
        seq: Seq(1),
        directives: directives.to_vec(),
        spread: 900,
    };
    let mut tab = leader();
    let mut apply = |told| tab.apply(told);
    assert_eq!(apply(row(&[Refresh(FIRST)])), [LineEffect::Apply(Seq(1), vec![Refresh(FIRST)], 900)]);
    let both = vec![Refresh(FIRST), Evict(SECOND)];
    assert_eq!(apply(row(&both)), [LineEffect::Apply(Seq(1), both.clone(), 0)]);
    assert_eq!(apply(ServerMessage::CaughtUp(CatchUp::Lost { head: Seq(7) })), [LineEffect::CatchUp]);
}

/// The line that hears of the end of a session is the one that is cut by it.
#[test]
fn a_tab_asks_for_its_session_when_its_line_is_new_and_when_another_tab_signed_out() {
    let (mut tab, mut other) = (Tab::new(1, LOG), Tab::new(2, LOG));
    tab.handle(LineEvent::Lead);
    assert!(tab.handle(LineEvent::Opened).contains(&LineEffect::AskSession));
    let said = tab.handle(LineEvent::SignedOut);
    let [LineEffect::TellTabs(gossip)] = &said[..] else { panic!("{said:?}") };
    assert_eq!(other.handle(LineEvent::Heard(gossip.clone())), [LineEffect::AskSession]);
}
